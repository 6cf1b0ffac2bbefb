"""The thread that waits for the database to change, reads what did, and hands it to the hub."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db import connection

from accounts.sessions import Visit

from .change_feed import change_feed
from .changes import SOURCES, Visits
from .message import RIGHTS, SIGNED_OUT, LiveMessage

logger = logging.getLogger(__name__)

RETRY_SECONDS = 1


class Listening(Protocol):
    """Whom the thread tells: the hub. Called in the hub's own thread, but for `visits`."""

    def visits(self) -> set[Visit]: ...
    def watching(self) -> None: ...
    def not_watching(self) -> None: ...
    def publish(self, messages: list[LiveMessage]) -> None: ...
    def end(self, visits: Iterable[Visit], reason: str) -> None: ...


class Watch:
    """One thread with one database connection, however many streams there are."""

    def __init__(self, hub: Listening, loop: asyncio.AbstractEventLoop) -> None:
        self._hub, self._loop = hub, loop
        self._stopping = threading.Event()
        self._visits = Visits()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end by itself, within half a second."""
        self._stopping.set()

    def look_at_visits_soon(self) -> None:
        self._visits.is_due = True

    def _run(self) -> None:
        has_failed = False
        while not self._stopping.is_set():
            try:
                self._watch()
            except Exception:
                # A database that restarts is no news for each second it takes.
                logger.log(
                    logging.DEBUG if has_failed else logging.ERROR,
                    "The database cannot be watched for changes; open pages wait.",
                    exc_info=True,
                )
                has_failed = True
                self._tell(self._hub.not_watching)
                self._stopping.wait(RETRY_SECONDS)
            finally:
                connection.close()

    def _watch(self) -> None:
        """Read and hand over until told to stop. Raises what the database raises."""
        changes = change_feed()
        sources = [source() for source in SOURCES]
        self._visits.is_due = True
        self._tell(self._hub.watching)
        while not self._stopping.is_set():
            changed = changes.wait(self._stopping)
            if messages := [message for source in sources for message in source.read(changed)]:
                self._tell(self._hub.publish, messages)
            for visits, reason in zip(
                self._visits.look(changed, self._hub.visits), (SIGNED_OUT, RIGHTS), strict=True
            ):
                if visits:
                    self._tell(self._hub.end, visits, reason)

    def _tell(self, call: Callable[..., None], *arguments: Any) -> None:
        """Call the hub in its own thread; the server's loop may have ended meanwhile."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *arguments)
