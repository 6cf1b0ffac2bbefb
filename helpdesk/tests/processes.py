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
    """A running `manage.py serve`, with everything it and its worker say in one pipe.

    seconds: when it is killed, whatever waits for it; a test never waits for ever.
    """

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
        self.said, self._unheard, self._has_ended = "", [], False
        self._news = threading.Condition()
        # Read all the time: a full pipe would stop the server.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._watchdog = threading.Timer(seconds, self.process.kill)
        self._watchdog.start()

    def _listen(self):
        with self.process.stdout as output:
            for line in output:
                with self._news:
                    self.said += line
                    self._unheard.append(line)
                    self._news.notify()
        with self._news:
            self._has_ended = True
            self._news.notify()

    def wait_for(self, words):
        """Wait for a line with `words` that was not waited for before, and answer it."""
        with self._news:
            while not (found := [line for line in self._unheard if words in line]):
                assert not self._has_ended, f"Not said: {words!r}. Said: {self.said}"
                self._news.wait()
            self._unheard.remove(found[0])
            return found[0]

    @property
    def is_running(self):
        return self.process.poll() is None

    def stop(self, number=signal.SIGTERM):
        """Send a signal and answer the exit code, once the server and its worker have both ended."""
        self.process.send_signal(number)
        self._listener.join()
        self._watchdog.cancel()
        return self.process.wait(30)

    def peak_memory(self):
        """Answer the most memory the server has used so far, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
