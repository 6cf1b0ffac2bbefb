"""Who listens, and what was told lately: one hub in each server process, on its event loop."""

import asyncio
import re
from collections import deque
from collections.abc import Iterable
from hashlib import blake2b
from secrets import token_bytes

from accounts.sessions import Visit
from helpdesk.server.scope import TRANSPORT, Message, Receive, Send

from .database_watcher import Watch
from .mark import Mark
from .message import HELLO, REFRESH, REPLACED, STOPPING, Listener, LiveMessage
from .stream import MOST_WAITING, Stream

STREAMS_PER_PERSON = 8
# What a reader who was away for a moment can still be told one by one.
REMEMBERED = 1000
# More at once, an import above all, is told as one: fetch again. So is more that was missed.
MOST_AT_ONCE, MOST_MISSED = MOST_WAITING, MOST_WAITING // 2
POSITION = re.compile(r"([0-9a-f]{12})([0-9a-f]{16})", re.ASCII)


class Hub:
    """Belongs to the event loop's thread. It watches the database from the first stream on.

    A position is the number of a message, written so that nobody can read it: it counts what happens to all
    tickets, and a requester must not see that anything does.
    """

    def __init__(self) -> None:
        self._key, self._newest = token_bytes(32), 0
        self._lately: deque[tuple[int, LiveMessage, bytes]] = deque(maxlen=REMEMBERED)
        # In the order they came; a dictionary because the watch reads them from its thread.
        self._streams: dict[Stream, None] = {}
        self._of_person: dict[int, list[Stream]] = {}
        self._watch: Watch | None = None
        self._has_watched = self._is_watching = self._is_stopped = False

    # -- streams -----------------------------------------------------------------------------
    def add(self, stream: Stream) -> None:
        """Greet a stream, and tell it what it missed. The oldest of too many of one person gives way."""
        if self._is_stopped:
            stream.end(STOPPING)
            return
        theirs = self._of_person.setdefault(stream.listener.visit.person, [])
        theirs.append(stream)
        self._streams[stream] = None
        for oldest in theirs[:-STREAMS_PER_PERSON]:
            oldest.end(REPLACED)
            self.remove(oldest)
        if self._watch is None:
            self._watch = Watch(self, asyncio.get_running_loop())
            self._watch.start()
        # Rights may have changed between the look at them and now.
        self._watch.look_at_visits_soon()
        if self._is_watching:
            self._greet(stream)

    def remove(self, stream: Stream) -> None:
        """Forget a stream; harmless if it is forgotten already."""
        if self._streams.pop(stream, stream) is None:
            theirs = self._of_person[stream.listener.visit.person]
            theirs.remove(stream)
            if not theirs:
                del self._of_person[stream.listener.visit.person]

    def visits(self) -> set[Visit]:
        """Whose streams are open; may be asked from any thread."""
        return {stream.listener.visit for stream in tuple(self._streams)}

    def end(self, visits: Iterable[Visit], reason: str) -> None:
        """End every stream of these visits."""
        for visit in visits:
            for stream in tuple(self._of_person.get(visit.person, ())):
                if stream.listener.visit == visit:
                    stream.end(reason)
                    self.remove(stream)

    def stop(self) -> None:
        """End all streams, for good, without waiting."""
        self._is_stopped = True
        for stream in tuple(self._streams):
            stream.end(STOPPING)
            self.remove(stream)
        if self._watch is not None:
            self._watch.stop()

    async def listen(
        self, listener: Listener, since: str, scope: Message, receive: Receive, send: Send
    ) -> None:
        """Keep a stream open, whose answer has begun, until its reader goes or it is ended.

        since: the mark of the page that opens it; what the browser itself says it has heard is newer.
        """
        last_id = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
        stream = Stream(listener, last_id, scope.get("extensions", {}).get(TRANSPORT), since)
        self.add(stream)
        try:
            await stream.run(receive, send)
        finally:
            self.remove(stream)

    def mark(self) -> Mark | None:
        """Answer what a page that begins now is drawn after; None while something could be missed."""
        return Mark(self._newest, self._position) if self._is_watching else None

    # -- what happens ------------------------------------------------------------------------
    def watching(self) -> None:
        """From now on nothing is missed; what came before may have been."""
        self._is_watching = True
        if self._has_watched:
            self.publish([REFRESH])
        self._has_watched = True
        for stream in self._streams:
            if not stream.is_greeted:
                self._greet(stream)

    def not_watching(self) -> None:
        self._is_watching = False

    def publish(self, messages: list[LiveMessage]) -> None:
        """Tell each message to everybody who may hear it."""
        for message in messages if len(messages) <= MOST_AT_ONCE else [REFRESH]:
            self._newest += 1
            piece = message.encoded(self._position(self._newest))
            self._lately.append((self._newest, message, piece))
            hearers: Iterable[Stream] = self._streams
            if message.person is not None:
                hearers = self._of_person.get(message.person, ())
            for stream in hearers:
                if stream.is_greeted and message.is_for(stream.listener):
                    stream.tell(piece)

    # -- inside ------------------------------------------------------------------------------
    def _greet(self, stream: Stream) -> None:
        """Say hello. Its position must not be beyond what the reader has yet to hear."""
        stream.is_greeted = True
        if not stream.last_id and not stream.since:
            stream.tell(HELLO.encoded(self._position(self._newest)))
            return
        heard = self._heard(stream)
        missed = self._missed(stream, heard)
        if heard is None or missed is None:
            stream.tell(HELLO.encoded())
            stream.tell(REFRESH.encoded(self._position(self._newest)))
        else:
            stream.tell(HELLO.encoded(stream.last_id or self._position(heard)))
            for piece in missed:
                stream.tell(piece)

    def _heard(self, stream: Stream) -> int | None:
        """The position a reader comes back with, or that of the page they look at; None if nobody can say."""
        reader = "" if stream.last_id else stream.listener.reader
        match = POSITION.fullmatch(stream.last_id or stream.since)
        if match is None:
            return None
        # That of another hub, or of somebody with other rights, is some number far away.
        heard = int(match[2], 16) ^ self._mask(bytes.fromhex(match[1]), reader)
        return heard if self._newest - len(self._lately) <= heard <= self._newest else None

    def _missed(self, stream: Stream, heard: int | None) -> list[bytes] | None:
        """What came after a position; None without one, or if it is much."""
        if heard is None:
            return None
        later = [
            piece
            for number, message, piece in self._lately
            if number > heard and message.is_for(stream.listener)
        ]
        return later if len(later) <= MOST_MISSED else None

    def _position(self, number: int, reader: str = "") -> str:
        nonce = token_bytes(6)
        return f"{nonce.hex()}{number ^ self._mask(nonce, reader):016x}"

    def _mask(self, nonce: bytes, reader: str) -> int:
        return int.from_bytes(blake2b(nonce + reader.encode(), digest_size=8, key=self._key).digest())
