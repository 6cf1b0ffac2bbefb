"""HTTP as uvicorn reads it, with bounds that it has none of: on what comes before the body, on how long a visitor
may leave an answer unread, on requests sent ahead, and on connections.
"""

import asyncio
import ipaddress
import logging
from collections import Counter
from typing import Any, ClassVar, cast

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .scope import TRANSPORT

logger = logging.getLogger(__name__)

HEAD_BYTES, HEAD_SECONDS = 64 * 1024, 30
# In which a reader has to take in about 50 kB of what waits for them.
WRITE_SECONDS = 60
# Browsers send none ahead.
MOST_PIPELINED = 8
MOST_CONNECTIONS, MOST_OF_ADDRESS = 10_000, 1000


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose request line and headers are endless or do not come to an end in time, whose
    visitor does not read, who sends many requests ahead, or who has too many open.

    most_connections: of all visitors together.
    """

    most_connections: ClassVar[int] = MOST_CONNECTIONS
    _of_address: ClassVar[Counter[str]] = Counter()

    _reading_head = False
    _head_bytes = 0
    _alarm: asyncio.TimerHandle | None = None
    _write_alarm: asyncio.TimerHandle | None = None
    _address = ""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._of_address[self._address] += 1
        if self._is_one_too_many():
            # Unanswered: an answer would be work that strangers ask for.
            transport.abort()
            return
        self._set_alarm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_alarm()
        self._stop_write_alarm()
        self._of_address[self._address] -= 1
        if self._of_address[self._address] <= 0:
            del self._of_address[self._address]
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
        if len(self.pipeline) >= MOST_PIPELINED:
            self.transport.abort()
            # Ends the reading of what has come.
            raise ValueError("Too many requests were sent ahead.")
        self.scope["extensions"] = cast(Any, {TRANSPORT: self.transport})
        self._reading_head = False
        self._stop_alarm()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():
            super().send_400_response(msg)
            self._watch_rest()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._set_write_alarm()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_write_alarm()
        self._watch_rest()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch_rest()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch_rest()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: the request is answered as if it had not asked for another protocol."""

    def _is_one_too_many(self) -> bool:
        if len(self.connections) > self.most_connections:
            logger.warning("A connection was refused: %d are open.", self.most_connections)
            return True
        return self._of_address[self._address] > MOST_OF_ADDRESS and _is_of_one_visitor(self._address)

    def _watch_rest(self) -> None:
        """A connection that closes stays open until everything is read."""
        if self.transport.is_closing() and self._write_alarm is None:
            self._set_write_alarm()

    def _set_alarm(self) -> None:
        self._stop_alarm()
        self._alarm = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self.transport.close()
        self._watch_rest()

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()

    def _set_write_alarm(self) -> None:
        self._stop_write_alarm()
        self._write_alarm = self.loop.call_later(WRITE_SECONDS, self.transport.abort)

    def _stop_write_alarm(self) -> None:
        if self._write_alarm is not None:
            self._write_alarm.cancel()
            self._write_alarm = None


def _is_of_one_visitor(address: str) -> bool:
    """A proxy brings everybody from one address: one that is set, or one on this machine."""
    try:
        return not settings.PROXIES and not ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
