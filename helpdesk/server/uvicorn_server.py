"""The server process: one port, pages in threads, one worker beside it, and a clean stop."""

import contextlib
import logging
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import uvicorn

from ..tasks.supervisor import WorkerProcess
from .application import Application
from .http_protocol import MOST_CONNECTIONS, BoundedProtocol
from .pages import THREADS

logger = logging.getLogger(__name__)

# For requests that are being answered when the server is told to stop.
STOP_SECONDS = 10


class Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready and when it is about to wait for its visitors to go."""

    def __init__(
        self, config: uvicorn.Config, on_ready: Callable[[], None], on_stop: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._on_ready, self._on_stop = on_ready, on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stop()
        await super().shutdown(sockets)


def run(
    listener: socket.socket,
    application: Application,
    *,
    with_worker: bool,
    on_ready: Callable[[], None],
) -> None:
    """Serve until SIGTERM or SIGINT; then take nothing new, finish what was begun, and return.

    listener: bound already, and listening.
    with_worker: also run the process for mail and later work.
    on_ready: called once the first request can be answered.
    """
    _allow_many_connections()
    worker = WorkerProcess()

    def ready() -> None:
        if with_worker:
            worker.start()
        on_ready()

    server = Server(_config(application), ready, application.end_streams)

    def stop(number: int, frame: Any) -> None:
        server.should_exit = True

    # uvicorn has its own handlers while it runs, puts these back, and then raises the signal once more.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        server.run(sockets=[listener])
    finally:
        application.close()
        worker.stop()
    _leave_late_pages()


def _allow_many_connections() -> None:
    """Each open stream is an open file, and 1,024 are what a shell usually allows at first. Beyond half of
    what there can be, connections are refused: the others are for files, the database and the disk.
    """
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    # macOS says there is no limit, and refuses to set that.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if allowed != resource.RLIM_INFINITY:
        BoundedProtocol.most_connections = min(MOST_CONNECTIONS, allowed // 2)


def _config(application: Application) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=BoundedProtocol,
        loop="asyncio",
        ws="none",
        lifespan="off",
        interface="asgi3",
        # What a proxy says is read by Django, and only where HELPDESK_PROXIES tells of one.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="warning",
        timeout_keep_alive=20,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def _leave_late_pages() -> None:
    """End the process if a page still runs, two seconds after its visitor was given up: Python would wait."""
    deadline = time.monotonic() + 2
    pages = [thread for thread in threading.enumerate() if thread.name.startswith(THREADS)]
    for thread in pages:
        thread.join(max(0, deadline - time.monotonic()))
    if any(thread.is_alive() for thread in pages):
        logger.error("A page did not finish in %d seconds and was cut off.", STOP_SECONDS)
        logging.shutdown()
        os._exit(1)
