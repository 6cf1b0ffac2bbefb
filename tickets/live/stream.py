"""One open stream: what waits for one reader, bounded, and the end of it."""

import asyncio
from contextlib import suppress
from socket import SO_SNDBUF, SOL_SOCKET

from helpdesk.server.scope import Receive, Send

from .message import Listener, end

# What waits in the process for a reader who does not read, beside MOST_WAITING pieces; and in the kernel.
BUFFER_BYTES, KERNEL_BYTES = 8 * 1024, 16 * 1024
MOST_WAITING = 64
HEARTBEAT_SECONDS, LAST_WORD_SECONDS = 20, 1
HEARTBEAT = b": \n\n"
RETRY = b"retry: 2000\n\n"


class Stream:
    """Belongs to the event loop's thread.

    last_id: what the browser says it heard last. since: without that, the mark of the page it shows.
    """

    def __init__(
        self, listener: Listener, last_id: str, transport: asyncio.WriteTransport | None, since: str = ""
    ) -> None:
        self.listener, self.last_id, self.since = listener, last_id, since
        self.is_over = self.is_greeted = False
        self._transport = transport
        self._waiting: list[bytes] = [RETRY]
        self._awake = asyncio.Event()

    def tell(self, piece: bytes) -> None:
        """Leave something for the reader. Who reads too slowly is cut off, and fetches again on return."""
        if self.is_over:
            return
        if len(self._waiting) >= MOST_WAITING:
            self._cut_off()
            return
        self._waiting.append(piece)
        self._awake.set()

    def end(self, reason: str) -> None:
        """Say why, and nothing that still waited; whoever does not take it in is cut off after a second."""
        if self.is_over:
            return
        self.is_over = True
        self._waiting = [end(reason)]
        self._awake.set()
        asyncio.get_running_loop().call_later(LAST_WORD_SECONDS, self._cut_off)

    async def run(self, receive: Receive, send: Send) -> None:
        """Send what there is to tell until the reader goes or the stream is ended."""
        self._bound()
        leaving = asyncio.create_task(self._notice_leaving(receive))
        try:
            while True:
                pieces = await self._next()
                is_last = self.is_over
                await send({"type": "http.response.body", "body": pieces, "more_body": not is_last})
                if is_last:
                    return
        finally:
            self.is_over = True
            leaving.cancel()

    async def _next(self) -> bytes:
        """What waits, or a sign of life."""
        if not self._waiting and not self.is_over:
            alarm = asyncio.get_running_loop().call_later(HEARTBEAT_SECONDS, self._awake.set)
            await self._awake.wait()
            alarm.cancel()
        self._awake.clear()
        pieces, self._waiting = b"".join(self._waiting), []
        return pieces or HEARTBEAT

    async def _notice_leaving(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.is_over, self._waiting = True, []
        self._awake.set()

    def _bound(self) -> None:
        if self._transport is None:
            return
        self._transport.set_write_buffer_limits(high=BUFFER_BYTES)
        if connection := self._transport.get_extra_info("socket"):
            # The reader may be gone before the stream begins.
            with suppress(OSError):
                connection.setsockopt(SOL_SOCKET, SO_SNDBUF, KERNEL_BYTES)

    def _cut_off(self) -> None:
        self.is_over, self._waiting = True, []
        self._awake.set()
        if self._transport is not None:
            self._transport.abort()
