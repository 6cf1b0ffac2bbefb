"""Pages, made by a WSGI application in threads, and sent without one.

A page is made in a thread and laid into an outbox; whoever reads it slowly, or not at all, keeps no thread. A
file is only opened there, and read piece by piece as it is sent. What changes something may wait for the database's
one writer: it never takes the last threads, so that pages that only read are made meanwhile.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import Lock
from typing import IO, Any, TypeVar

from .scope import TRANSPORT, Message, Send

# Above this what was made waits on disk for its reader.
IN_MEMORY, PIECE = 1024 * 1024, 64 * 1024
THREADS = "page"
READING = ("GET", "HEAD", "OPTIONS", "TRACE")
# Of so many threads one is kept for those.
THREADS_FOR_A_READER = 4

T = TypeVar("T")
Application = Callable[..., Iterable[bytes]]


class Pages:
    """application: as PEP 3333 has it. threads: how many pages are made at once."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=THREADS)
        kept = max(1, threads // THREADS_FOR_A_READER)
        self._turns_to_write = asyncio.Semaphore(max(1, threads - kept))

    async def answer(self, scope: Message, body: IO[bytes], send: Send) -> None:
        """Make the page a request asks for, and send it.

        body: the request's, whole, at its beginning.
        """
        outbox = Outbox(scope.get("extensions", {}).get(TRANSPORT))
        is_writing = scope["method"] not in READING
        if is_writing:
            await self._turns_to_write.acquire()
        making = asyncio.ensure_future(self.run(partial(_make, self._application, scope, body, outbox)))
        making.add_done_callback(outbox.end)
        if is_writing:
            # Whoever goes away leaves the thread at work, and with it the turn.
            making.add_done_callback(lambda _: self._turns_to_write.release())
        try:
            await outbox.send_to(send, with_body=scope["method"] != "HEAD")
            await making
        finally:
            outbox.abandon()

    def run(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """Do something else in one of the threads."""
        return asyncio.get_running_loop().run_in_executor(self._executor, copy_context().run, work)

    def close(self) -> None:
        """Make no further page; those begun are made."""
        self._executor.shutdown(wait=False, cancel_futures=True)


class FileAnswer:
    """What a page answers that is a file: Django hands it over instead of reading it (PEP 3333, wsgi.file_wrapper)."""

    def __init__(self, file: Any, block_size: int = PIECE) -> None:
        self.file = file


class ReaderGone(Exception):
    """Nobody will read on."""


class Outbox:
    """What a page has to say, from the thread that makes it to the loop that sends it.

    transport: of the connection, None where it is not known.
    """

    def __init__(self, transport: asyncio.Transport | None = None) -> None:
        self._transport, self._loop = transport, asyncio.get_running_loop()
        self._news, self._lock = asyncio.Event(), Lock()
        self._kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, closed by `abandon`
        self._read = 0
        self._is_over = self._failed = self._is_abandoned = False
        self._head: Message | None = None
        self._file: Any = None

    # -- in the thread of the page -----------------------------------------------------------
    def begin(self, status: str, headers: Iterable[tuple[str, str]]) -> None:
        pairs = [(name.encode("latin-1").lower(), value.encode("latin-1")) for name, value in headers]
        self._head = {"type": "http.response.start", "status": int(status[:3]), "headers": pairs}

    def write(self, piece: bytes) -> None:
        """Raises ReaderGone."""
        with self._lock:
            if self._is_abandoned or (self._transport and self._transport.is_closing()):
                raise ReaderGone
            self._kept.seek(0, 2)
            self._kept.write(piece)
        self._loop.call_soon_threadsafe(self._news.set)

    def attach(self, file: Any) -> None:
        """Have a file sent; it is closed afterwards, by `close` of its own."""
        self._file = file
        if self._is_abandoned:
            file.close()

    # -- on the loop -------------------------------------------------------------------------
    def end(self, made: "asyncio.Future[None]") -> None:
        self._is_over, self._failed = True, made.cancelled() or made.exception() is not None
        self._news.set()

    def abandon(self) -> None:
        """Give up what is left; harmless at the end."""
        with self._lock:
            self._is_abandoned = True
            self._kept.close()
        if self._file is not None:
            self._file.close()

    async def send_to(self, send: Send, *, with_body: bool) -> None:
        begun = False
        async for piece in self._pieces():
            if not begun and self._head:
                begun = True
                await send(self._head)
            if with_body:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        if self._head is None or self._failed:
            # Its error goes to the server, which cuts the connection: half a page must not pass for all of it.
            return
        if not begun:
            await send(self._head)
        if self._file is not None:
            await self._send_file(send if with_body else None)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _pieces(self) -> AsyncIterator[bytes]:
        while True:
            self._news.clear()
            is_over = self._is_over
            with self._lock:
                self._kept.seek(self._read)
                piece = self._kept.read(PIECE)
            self._read += len(piece)
            if piece:
                yield piece
            elif is_over:
                return
            else:
                await self._news.wait()

    async def _send_file(self, send: Send | None) -> None:
        try:
            while send and not (self._transport and self._transport.is_closing()):
                piece = await asyncio.to_thread(self._file.read, PIECE)
                if not piece:
                    return
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            # It tells Django that the request is over, and may wait for the database.
            file, self._file = self._file, None
            await asyncio.to_thread(file.close)


def _make(application: Application, scope: Message, body: IO[bytes], outbox: Outbox) -> None:
    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        outbox.begin(status, headers)
        return outbox.write

    made = application(environ_of(scope, body), start_response)
    if isinstance(made, FileAnswer):
        outbox.attach(made.file)
        return
    try:
        for piece in made:
            if piece:
                outbox.write(piece)
    except ReaderGone:
        pass
    finally:
        getattr(made, "close", lambda: None)()


def environ_of(scope: Message, body: IO[bytes]) -> dict[str, Any]:
    """Answer a request's scope as PEP 3333 has it.

    A header that came more than once is one, its values joined by commas; of cookies, by what stands between
    cookies (RFC 9110, 5.3; RFC 9113, 8.2.3).
    """
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "asgi.scope": scope,
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = f"HTTP_{name}"
        between = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = f"{environ[name]}{between}{value}" if name in environ else value
    return environ
