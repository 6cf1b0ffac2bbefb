"""A server process of the benchmark's own, on 127.0.0.1, and what the machine says of it. Linux only."""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from urllib.parse import quote

from django.conf import settings
from django.db import connection

READY = "Helpdesk is at"


class ServerProcess:
    """`manage.py serve` on the default database, ended with the block."""

    def __init__(self, *, with_worker: bool = False) -> None:
        self._with_worker = with_worker

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory()
        env = {
            **os.environ,
            "HELPDESK_MODE": "demo",
            "HELPDESK_DATA_DIR": self._folder.name,
            "HELPDESK_SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": database_url(),
            "PYTHONUNBUFFERED": "1",
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        subprocess.run([*command, "collectstatic", "--noinput", "-v0"], env=env, check=True)  # noqa: S603
        self._process = subprocess.Popen(  # noqa: S603, our own
            [*command, "serve", *([] if self._with_worker else ["--no-worker"]), "--port", str(self.port)],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        if READY not in (self._process.stdout.readline() if self._process.stdout else ""):
            self.__exit__()
            raise RuntimeError("The server did not start.")
        return self

    def __exit__(self, *args: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self._folder.cleanup()

    def memory(self) -> int:
        """What is in memory of it, in bytes."""
        return int(self._read("statm").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def peak_memory(self) -> float:
        """The most it had in memory so far, in MB."""
        return _peak(self._process.pid)

    def peak_memory_of_others(self, name: str) -> float:
        """The most that a process of ours with this in its command has had in memory so far, in MB; 0 if none runs."""
        peaks = [0.0]
        for folder in Path("/proc").glob("[0-9]*"):
            # It may end at any moment.
            with suppress(OSError, IndexError):
                if name.encode() in (folder / "cmdline").read_bytes():
                    peaks.append(_peak(int(folder.name)))
        return max(peaks)

    def processor_seconds(self) -> float:
        user, system = self._read("stat").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def database_connections(self) -> int:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND pid <> pg_backend_pid()"
                )
                return int(cursor.fetchone()[0])
        file = str(connection.settings_dict["NAME"])
        return sum(os.path.realpath(fd) == file for fd in Path(f"/proc/{self._process.pid}/fd").iterdir())

    def _read(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def database_url() -> str:
    """The default database as DATABASE_URL names it."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    password = f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else ""
    return (
        f"postgres://{quote(parts['USER'])}{password}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"
    )
