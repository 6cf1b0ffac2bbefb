"""Everything the server answers, as one ASGI application: pages, run as WSGI in threads, and streams.

A stream begins as a page, which says who may listen, and then stays open without a thread of its own.
"""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from a2wsgi import WSGIMiddleware

from .request_limits import body_limits
from .scope import REFUSAL, Answer, Message, Receive, Send

# Above this a body waits on disk for its end, so that many slow ones do not fill the memory.
IN_MEMORY, PIECE = 128 * 1024, 64 * 1024


class Streams(Protocol):
    """What answers at an address whose answers stay open."""

    async def answer(self, page: Answer, scope: Message, receive: Receive, send: Send) -> None:
        """Ask the page at this address who may listen; if it lets them, keep the answer open."""

    def stop(self) -> None:
        """End all streams, for good, without waiting."""


class Application:
    """The help desk as an ASGI application.

    pages: the WSGI application that makes them. streams: path -> what keeps the answers there open.
    threads: how many pages are made at once.
    """

    def __init__(
        self, pages: Callable[..., Any], streams: Mapping[str, Streams] | None = None, *, threads: int = 8
    ) -> None:
        self._pages = WSGIMiddleware(cast(Any, pages), workers=threads)
        self._streams = streams or {}

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
        self._pages.executor.shutdown(wait=False, cancel_futures=True)

    async def _answer_page(self, scope: Message, receive: Receive, send: Send) -> None:
        """Take in the whole body, within limits, before a thread is spent on it.

        A visitor who goes away half-way is not answered: a part of a form must not pass for all of it.
        """
        headers = dict(scope["headers"])
        content_type = headers.get(b"content-type", b"").decode("latin-1")
        most, seconds = body_limits(scope["method"], scope["path"], content_type)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            refusal = None
            try:
                async with asyncio.timeout(seconds):
                    size = await _take_in(scope, receive, body, most)
            except _GoneAway:
                return
            except _TooLarge:
                refusal, size = 413, 0
            except TimeoutError:
                refusal, size = 408, 0
            if refusal:
                body.truncate(0)
            body.seek(0)
            scope = {**_tidied(scope, size), REFUSAL: refusal}
            await self._pages(cast(Any, scope), cast(Any, _giver(body, size)), cast(Any, send))


class _GoneAway(Exception):
    pass


class _TooLarge(Exception):
    pass


async def _take_in(scope: Message, receive: Receive, body: Any, most: int) -> int:
    """Write the request's body, of at most `most` bytes, to the file `body` and answer its size."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if int(announced) > most:
        raise _TooLarge
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneAway
        piece = message.get("body", b"")
        size += len(piece)
        if size > most:
            raise _TooLarge
        body.write(piece)
        more = message.get("more_body", False)
    return size


def _giver(body: Any, size: int) -> Receive:
    async def give() -> Message:
        piece = body.read(PIECE)
        return {"type": "http.request", "body": piece, "more_body": body.tell() < size}

    return give


def _tidied(scope: Message, size: int) -> Message:
    """Answer the scope as WSGI may see it.

    A header written with "_" would pass for the one written with "-", which a proxy in front of us sets or
    removes. A chunked body has its length by now.
    """
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if b"_" not in name and name not in (b"content-length", b"transfer-encoding")
    ]
    if size:
        headers.append((b"content-length", str(size).encode()))
    return {**scope, "headers": headers}
