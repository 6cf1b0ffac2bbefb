"""HTTP as uvicorn reads it, with a bound on what comes before the body: it has none of its own."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .scope import TRANSPORT

HEAD_BYTES, HEAD_SECONDS = 64 * 1024, 30


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose request line and headers are endless or do not come to an end in time."""

    _reading_head = False
    _head_bytes = 0
    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._set_alarm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_alarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self._reading_head and self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The headers are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._reading_head, self._head_bytes = True, 0
        self._set_alarm()

    def on_headers_complete(self) -> None:
        self.scope["extensions"] = cast(Any, {TRANSPORT: self.transport})
        self._reading_head = False
        self._stop_alarm()
        super().on_headers_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: the request is answered as if it had not asked for another protocol."""

    def _set_alarm(self) -> None:
        self._stop_alarm()
        self._alarm = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
