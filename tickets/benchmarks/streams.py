"""What open streams cost the server, and how soon they hear: `manage.py benchmark --streams`."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.roles import Role

from ..models import Ticket
from .dataset import make_conversation, make_person
from .server_process import ServerProcess
from .stream_clients import Listeners, pages_per_second

PER_PERSON, FEW = 8, 10
EVENTS, PAUSE_SECONDS, PATIENCE_SECONDS = 20, 0.3, 30
PAGE, PAGE_SECONDS = "/tickets/", 5


@dataclass(frozen=True)
class Measured:
    """most: the target; least, where more is better."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_within_target(self) -> bool:
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def target(self) -> str:
        if self.most is None:
            return "" if self.least is None else f"at least {self.least}"
        return f"at most {self.most}"


def measure(streams: int, idle_seconds: int, say: Callable[[str], None]) -> list[Measured]:
    """Open so many streams at a server process of our own on the default database, which is empty.

    Raises RuntimeError if the server or a stream does not answer.
    """
    people = -(-streams // PER_PERSON)
    admins = [make_person(f"admin{n}", f"Ada {n}", Role.ADMIN) for n in range(people)]
    requesters = [make_person(f"requester{n}", f"Rita {n}", Role.USER) for n in range(people + 1)]
    # Of somebody who does not listen.
    ticket = make_conversation(requesters.pop(), admins[0], 3)
    connection.close()
    with ServerProcess() as server:
        return asyncio.run(_Run(server, ticket, streams, idle_seconds, say).all(admins, requesters))


class _Run:
    def __init__(
        self,
        server: ServerProcess,
        ticket: Ticket,
        streams: int,
        idle_seconds: int,
        say: Callable[[str], None],
    ) -> None:
        self._server, self._ticket, self._streams = server, ticket, streams
        self._idle_seconds, self._say = idle_seconds, say
        self._listeners = Listeners(server.port)

    async def all(self, admins: list[User], requesters: list[User]) -> list[Measured]:
        everybody = await _beside(_cookies, admins)
        others = await _beside(_cookies, requesters)
        reader = others[0]
        # The first pages and the first stream pay for what all others use, too.
        await self._pages(reader)
        await self._open(everybody[:1])
        await self._listeners.close()
        without = [await self._pages(reader)]
        found = await self._cost(everybody)
        found += await self._delivery("all", self._streams)
        with_them = [await self._pages(reader), await self._pages(reader)]
        await self._listeners.close()
        without.append(await self._pages(reader))
        few = min(FEW, self._streams)
        await self._open([*everybody[:few], *others[: self._streams - few]])
        found += await self._delivery(str(few), few)
        await self._listeners.close()
        self._say(f"Pages a second without streams: {_list(without)}; with them: {_list(with_them)}.")
        share = 100 * median(with_them) / median(without)
        return [*found, Measured("Pages a second, compared with no stream open", share, "%", least=90)]

    async def _open(self, cookies: Iterable[str]) -> None:
        started_at, cookies = perf_counter(), list(cookies)
        await self._listeners.open(cookies)
        if len(cookies) > 1:
            self._say(f"{len(cookies):,} streams opened in {perf_counter() - started_at:.1f} seconds.")

    async def _cost(self, cookies: list[str]) -> list[Measured]:
        memory, connections = self._server.memory(), await _beside(self._server.database_connections)
        await self._open(cookies[: self._streams])
        used = (self._server.memory() - memory) / self._streams
        # What opening them needed goes by itself.
        await asyncio.sleep(PAUSE_SECONDS)
        processor, started_at = self._server.processor_seconds(), perf_counter()
        await asyncio.sleep(self._idle_seconds)
        busy = (self._server.processor_seconds() - processor) / (perf_counter() - started_at)
        more = await _beside(self._server.database_connections) - connections
        return [
            Measured("Memory of a stream", used / 1024, "kB", most=25),
            Measured("Processor while idle", 100 * busy, "%", most=2),
            Measured("Database connections more than without streams", more, "", most=0),
        ]

    async def _delivery(self, name: str, hearers: int) -> list[Measured]:
        """Let events happen, one at a time, and see when each reaches those who are to hear."""
        listeners, committed_at = self._listeners, {}
        for n in range(1, EVENTS + 1):
            version = await _beside(self._note)
            committed_at[version] = perf_counter()
            await listeners.wait_for(n * hearers, PATIENCE_SECONDS)
            await asyncio.sleep(PAUSE_SECONDS)
        delays = [max(0, 1000 * (at - committed_at[version])) for version, at in listeners.heard]
        missing = EVENTS * hearers - len(delays)
        most = 1000 if hearers > FEW else 250
        return [
            Measured(f"Not delivered, 1 event to {name}", missing, "", most=0),
            Measured(
                f"From commit to the last of 95 %, 1 event to {name}", quantiles(delays, n=20)[-1], "ms", most
            ),
        ]

    def _note(self) -> int:
        ticket = Ticket.objects.get(pk=self._ticket.pk)
        ticket.note("Seen.", by=None)
        return ticket.version

    async def _pages(self, cookie: str) -> float:
        return await pages_per_second(self._server.port, PAGE, cookie, PAGE_SECONDS)


async def _beside(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call what uses the database in a thread, and leave no connection that would be counted."""

    def run() -> Any:
        try:
            return call(*arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def _cookies(people: list[User]) -> list[str]:
    """Sign each in, and answer the cookie of each stream."""
    cookies = []
    for person in people:
        client = Client()
        client.force_login(person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies += [f"{settings.SESSION_COOKIE_NAME}={value}"] * PER_PERSON
    return cookies


def _list(numbers: list[float]) -> str:
    return ", ".join(f"{number:.0f}" for number in numbers)
