"""A server process of the benchmark's own, on 127.0.0.1, and what the machine says of it. Linux only."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from urllib.parse import quote

from django.conf import settings
from django.db import connection

READY = "Helpdesk is at"


class ServerProcess:
    """`manage.py serve` on the default database, ended with the block."""

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
            [*command, "serve", "--no-worker", "--port", str(self.port)],
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


def database_url() -> str:
    """The default database as DATABASE_URL names it."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    password = f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else ""
    return (
        f"postgres://{quote(parts['USER'])}{password}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"
    )
