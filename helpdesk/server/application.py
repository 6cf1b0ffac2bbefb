"""Everything the server answers, as one ASGI application: pages, run as WSGI in threads, and streams.

A stream begins as a page, which says who may listen, and then stays open without a thread of its own.
"""

import asyncio
import logging
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import IO, Any, Protocol

from . import pages as made_in_threads
from .pages import Pages
from .request_limits import GUEST_BYTES, body_limits
from .scope import REFUSAL, STRANGER, Answer, Message, Receive, Send

logger = logging.getLogger(__name__)

# All bodies together that wait in memory; what comes beyond waits on disk.
MEMORY_BYTES = 64 * 1024 * 1024
# So many requests' bodies may wait in memory; those of more wait on disk, however small.
MOST_IN_MEMORY = 256
# Says of the Cookie headers of a request whether somebody is signed in; asked in a thread.
Knows = Callable[[str], bool]

REFUSED = re.compile(rb";\s*q\s*=\s*0(\.0{0,3})?\s*$", re.I)
BOUNDARY = re.compile(rb";\s*boundary\s*=\s*\"?([!#-:<-~]{1,200})", re.I)


class Streams(Protocol):
    """What answers at an address whose answers stay open."""

    async def answer(self, page: Answer, scope: Message, receive: Receive, send: Send) -> None:
        """Ask the page at this address who may listen; if it lets them, keep the answer open."""

    def begin_page(self) -> Message:
        """Answer what to leave in the scope of a page that begins now: asked before it reads anything."""

    def stop(self) -> None:
        """End all streams, for good, without waiting."""


class Application:
    """The help desk as an ASGI application.

    pages: the WSGI application that makes them. knows: who may send more than guests.
    streams: path -> what keeps the answers there open.
    apart: paths of pages that wait for no other page, each with a thread of its own.
    threads: how many of the other pages are made at once.
    """

    def __init__(
        self,
        pages: made_in_threads.Application,
        knows: Knows,
        streams: Mapping[str, Streams] | None = None,
        *,
        apart: Collection[str] = (),
        threads: int = 8,
    ) -> None:
        self._pages, self._knows = Pages(pages, threads=threads), knows
        self._apart = {path: Pages(pages, threads=1) for path in apart}
        self._streams = streams or {}
        self._requests = 0
        self._in_memory = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in self._streams:
            await self._streams[scope["path"]].answer(self._answer_page, scope, receive, send)
        elif scope["type"] == "http":
            await self._answer_page(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    def end_streams(self) -> None:
        """Open streams would keep a server from stopping."""
        for streams in self._streams.values():
            streams.stop()

    def close(self) -> None:
        """Take no further page; those begun go on."""
        for pages in (self._pages, *self._apart.values()):
            pages.close()

    async def _answer_page(self, scope: Message, receive: Receive, send: Send) -> None:
        """Take in the whole body, within limits, before a thread is spent on it.

        A visitor who goes away half-way is not answered: a part of a form must not pass for all of it.
        """
        headers = dict(scope["headers"])
        content_type = headers.get(b"content-type", b"").decode("latin-1")
        most, seconds = body_limits(scope["method"], scope["path"], content_type)
        # Above what a guest may send a body waits on disk for its end, so that many slow ones do not fill the
        # memory. Without a name: nothing is left of it however the process ends.
        in_memory = GUEST_BYTES if self._requests < MOST_IN_MEMORY else 1
        with self._counted(), tempfile.SpooledTemporaryFile(max_size=in_memory) as body:
            refusal, is_stranger = None, False
            try:
                async with asyncio.timeout(seconds):
                    size = await self._take_in(scope, receive, body, most)
            except _GoneAway:
                return
            except _TooLarge as error:
                refusal, size, is_stranger = 413, 0, error.is_stranger
            except TimeoutError:
                refusal, size = 408, 0
            except OSError as error:
                logger.error("A request could not be taken in: %s", error)
                refusal, size = 507, 0
            if refusal:
                body.truncate(0)
            body.seek(0)
            pages = self._apart.get(scope["path"], self._pages)
            for streams in self._streams.values():
                scope = {**scope, **streams.begin_page()}
            told = {REFUSAL: refusal, STRANGER: is_stranger}
            await pages.answer({**_tidied(scope, size), **told}, body, send)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._requests += 1
        try:
            yield
        finally:
            self._requests -= 1

    async def _take_in(self, scope: Message, receive: Receive, body: IO[bytes], most: int) -> int:
        """Write the request's body to the file `body` and answer its size: at most `most` bytes, and of a
        guest few.
        """
        size, piece, more, limit = 0, b"", True, GUEST_BYTES
        announced = int(dict(scope["headers"]).get(b"content-length", b"0"))
        while True:
            if max(announced, size) > limit:
                if max(announced, size) > most:
                    raise _TooLarge
                if not await self._is_known(scope):
                    raise _TooLarge(is_stranger=True)
                limit = most
            body.write(piece)
            if not more:
                return size
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _GoneAway
            piece, more = message.get("body", b""), message.get("more_body", False)
            size += len(piece)

    async def _is_known(self, scope: Message) -> bool:
        cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
        return await self._pages.run(partial(self._knows, cookies.decode("latin-1")))


class _GoneAway(Exception):
    pass


class _TooLarge(Exception):
    """is_stranger: whether it was asked who sends it, and it is nobody who is signed in."""

    def __init__(self, *, is_stranger: bool = False) -> None:
        super().__init__()
        self.is_stranger = is_stranger


def _wanted(codings: bytes) -> bytes:
    """Leave out what is refused with q=0 (RFC 9110, 12.4.2): those who look for a word would take it for wanted."""
    return b", ".join(coding.strip() for coding in codings.split(b",") if not REFUSED.search(coding))


def _read_as_form(content_type: bytes) -> bytes:
    """Leave what a body is, and of a form with files what stands between them.

    All else in it Django reads before its errors are caught, and may not be able to: our forms are in UTF-8, and
    Python knows "charsets" that no text has.
    """
    kind = content_type.partition(b";")[0].strip().lower()
    boundary = BOUNDARY.search(content_type) if kind == b"multipart/form-data" else None
    return kind + b'; boundary="' + boundary[1] + b'"' if boundary else kind


READ = {b"accept-encoding": _wanted, b"content-type": _read_as_form}


def _tidied(scope: Message, size: int) -> Message:
    """Answer the scope as WSGI may see it.

    A header written with "_" would pass for the one written with "-", which a proxy in front of us sets or
    removes. A chunked body has its length by now.
    """
    headers: list[Any] = [
        (name, READ[name](value) if name in READ else value)
        for name, value in scope["headers"]
        if b"_" not in name and name not in (b"content-length", b"transfer-encoding")
    ]
    if size:
        headers.append((b"content-length", str(size).encode()))
    return {**scope, "headers": headers}
