"""The process for mail and everything else that happens later, started and watched by the server.

Told to stop, it finishes the task it is at. It also reads from a pipe the server holds: the pipe closes
with the server even after a `kill -9`, which could send no signal.
"""

import logging
import os
import subprocess
import sys
import threading

from django.conf import settings

logger = logging.getLogger(__name__)

RESTART_SECONDS, STOP_SECONDS = 3, 10


class WorkerProcess:
    """Keeps one worker running until it is stopped."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, name="worker", daemon=True)
        self._stopping = threading.Event()
        # Without it a worker could be started just after the stop.
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self._process = _spawn()
        self._watcher.start()

    def stop(self) -> None:
        """Let the worker finish its task, for ten seconds at most. Harmless before `start`."""
        with self._lock:
            self._stopping.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            logger.error("The worker did not finish its task in %d seconds and was ended.", STOP_SECONDS)
            process.kill()
        self._watcher.join()
        _hang_up(process)

    def _watch(self) -> None:
        while self._process is not None:
            code = self._process.wait()
            if self._stopping.is_set():
                return
            logger.error("The worker ended (%d); another starts in %d seconds.", code, RESTART_SECONDS)
            self._stopping.wait(RESTART_SECONDS)
            with self._lock:
                if self._stopping.is_set():
                    return
                _hang_up(self._process)
                self._process = _spawn()


def _spawn() -> subprocess.Popen[bytes]:
    # It finds the code wherever the server was started from. A session of its own, because Ctrl+C in the
    # terminal is for the server to handle.
    path = os.pathsep.join([str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    return subprocess.Popen(  # noqa: S603, our own
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()


def main() -> None:
    """Work until the input ends."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    django.setup()
    from .worker import Worker

    worker = Worker()

    def finish_with_input() -> None:
        while os.read(0, 1024):
            pass
        worker.running = False

    worker.configure_signals()
    threading.Thread(target=finish_with_input, daemon=True).start()
    worker.run()


if __name__ == "__main__":
    main()
