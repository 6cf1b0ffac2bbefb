"""Starts processes of our own as an operator would: with an environment of their own, bounded in time."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a-secret-key-of-the-tests-that-is-long-enough-to-be-taken-for-one-4711"


def environment(data_dir, **variables):
    """Answer what a process sees: nothing of ours but `variables` (None leaves one out)."""
    ours = ("HELPDESK_", "DATABASE_", "EMAIL_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    given = {"HELPDESK_DATA_DIR": str(data_dir), **variables}
    return {**kept, **{name: str(value) for name, value in given.items() if value is not None}}


def production(data_dir, **variables):
    """Answer the environment of a well-run installation behind one proxy."""
    return environment(
        data_dir,
        **{
            "HELPDESK_SECRET_KEY": SECRET,
            "HELPDESK_HOSTS": "help.example.com",
            "HELPDESK_PROXIES": "1",
            **variables,
        },
    )


def manage(*arguments, env, timeout=60):
    """Run `manage.py` and answer the finished process, its output as text."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=env,
        cwd=env["HELPDESK_DATA_DIR"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


class Served:
    """A running `manage.py serve`, with everything it and its worker say in one pipe."""

    def __init__(self, port, *arguments, env, seconds=60):
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port), *arguments],
            env={**env, "PYTHONUNBUFFERED": "1"},
            cwd=env["HELPDESK_DATA_DIR"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        # Whatever a test waits for, it does not wait for ever.
        self._watchdog = threading.Timer(seconds, self.process.kill)
        self._watchdog.start()

    def wait_for(self, words):
        """Read what it says up to a line with `words`, and answer that line."""
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line
        raise AssertionError(f"Not said: {words!r}. Said: {self.said}")

    def stop(self, number=signal.SIGTERM):
        """Send a signal and answer the exit code, once the server and its worker have both ended."""
        self.process.send_signal(number)
        with self.process.stdout as output:
            self.said += output.read()
        self._watchdog.cancel()
        return self.process.wait(30)

    def peak_memory(self):
        """Answer the most memory the server has used so far, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
