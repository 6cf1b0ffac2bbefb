"""How the demo's tickets go: which steps each takes, how long they last, and what people say.

The words are in scenarios.toml.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User

from ..events import Kind
from ..models import HoldReason, RequestType, Status, Ticket

WORDS = tomllib.loads(Path(__file__).with_name("scenarios.toml").read_text(encoding="utf-8"))
OPENS, MINUTES_A_DAY = time(8, 30), 9 * 60

# How many tickets take which steps after their submission. Finished ones lie anywhere in the past, the
# others end in the last days.
FINISHED: dict[str, int] = {
    "assign start resolve rate": 26,
    "assign resolve rate": 14,
    "assign start ask answer resolve rate": 18,
    "assign start note wait resume resolve rate": 9,
    "assign ask answer schedule resume resolve rate": 5,
    "assign start resolve reopen resolve rate": 8,
    "assign start ask answer resolve reopen wait resume resolve rate": 3,
    "assign start resolve rate reopen resolve rate": 2,
    "assign start hand_over resolve rate": 4,
    "assign start resolve close": 14,
    "assign resolve reopen resolve close": 2,
    "withdraw": 3,
    "assign start withdraw": 3,
    "trash": 1,
    "assign trash": 1,
}
UNFINISHED: dict[str, int] = {
    "": 8,
    "assign": 5,
    "assign start": 8,
    "assign start ask answer note": 2,
    "assign start resolve reopen": 2,
    "assign start ask": 4,
    "assign start note wait": 4,
    "assign schedule": 3,
    "assign start resolve": 6,
    "assign ask answer resolve": 2,
}
# What the demo's own user finds: every status, one ticket to rate, one that waits for an answer.
OF_THE_DEMO_USER = {
    "finished": (
        "assign start ask answer resolve rate",
        "assign start resolve reopen resolve rate",
        "withdraw",
    ),
    "unfinished": (
        "",
        "assign start",
        "assign start ask",
        "assign start note wait",
        "assign start resolve",
    ),
}
# Working minutes a step takes: at least, at most, mostly.
LASTS: dict[str, tuple[int, int, int]] = {
    "assign": (3, 300, 25),
    "start": (2, 240, 20),
    "hand_over": (60, 540, 120),
    "ask": (5, 90, 15),
    "answer": (15, 700, 60),
    "note": (2, 60, 10),
    "wait": (20, 300, 60),
    "schedule": (10, 200, 30),
    "resolve": (15, 900, 90),
    "resume": (500, 2200, 1100),
    "reopen": (60, 1500, 400),
    "rate": (20, 1400, 120),
    "close": (1600, 2700, 2160),
    "withdraw": (30, 900, 120),
    "trash": (10, 200, 30),
}


class WorkingTime:
    """Weekdays from OPENS on, as one row of minutes that ends at `now`.

    zone: the one people at the demo's company live in.
    """

    def __init__(self, now: datetime, zone: ZoneInfo, days: int) -> None:
        local = now.astimezone(zone)
        dates = [local.date() - timedelta(days=before) for before in range(days, -1, -1)]
        self._mornings = [datetime.combine(day, OPENS, zone) for day in dates if day.weekday() < 5]
        today = [m for m in self._mornings if m.date() == local.date()]
        gone = int((local - today[0]).total_seconds() // 60) if today else MINUTES_A_DAY
        last_day = max(0, min(MINUTES_A_DAY, gone))
        # A minute less: steps fall on any second of theirs.
        self.total = (len(self._mornings) - 1) * MINUTES_A_DAY + last_day - 1

    def moment(self, minute: int, second: int = 0) -> datetime:
        day, rest = divmod(minute, MINUTES_A_DAY)
        return (self._mornings[day] + timedelta(minutes=rest, seconds=second)).astimezone(UTC)


class Deck:
    """Cards drawn in random order, each once before any comes again."""

    def __init__(self, cards: list[Any], random: Random) -> None:
        self._cards, self._random = cards, random
        self._left: list[Any] = []

    def draw(self) -> Any:
        if not self._left:
            self._left = self._random.sample(self._cards, len(self._cards))
        return self._left.pop()


@dataclass
class Scenario:
    """One scenario of scenarios.toml about one thing."""

    words: dict[str, Any]
    thing: str

    def says(self, part: str) -> str:
        """Answer one of its texts, on one line, each sentence with a capital."""
        text = " ".join(self.words[part].split()).replace("{thing}", self.thing)
        return re.sub(r"(^|[.!?] )([a-z])", lambda found: found[1] + found[2].upper(), text)


@dataclass
class Story:
    """One ticket of the demo before it is played. moments: of the submission and of each step."""

    steps: list[str]
    moments: list[datetime]
    scenario: Scenario
    request_type: RequestType
    requester: User
    assignee: User
    colleague: User
    scores: Deck
    comments: dict[str, Deck]
    farewells: Deck
    notes: Deck

    def play(self, key: str) -> Ticket:
        """Make the ticket and everything that happened to it, by the verbs."""
        ticket = Ticket.submit(
            title=self.scenario.says("title"),
            request_type=self.request_type,
            description=self.scenario.says("description"),
            requester=self.requester,
            by=self.requester,
            key=key,
            at=self.moments[0],
        )
        for step, at in zip(self.steps, self.moments[1:], strict=True):
            verb: Callable[[Ticket, datetime], None] = getattr(self, f"_{step}")
            verb(ticket, at)
        return ticket

    # -- steps -------------------------------------------------------------------------------
    def _assign(self, ticket: Ticket, at: datetime) -> None:
        ticket.assign(self.assignee, by=self.assignee, at=at)

    def _hand_over(self, ticket: Ticket, at: datetime) -> None:
        ticket.assign(self.colleague, by=self.assignee, at=at)
        self.assignee = self.colleague

    def _start(self, ticket: Ticket, at: datetime) -> None:
        ticket.start(by=self.assignee, at=at)

    def _resume(self, ticket: Ticket, at: datetime) -> None:
        ticket.start(by=self.assignee, at=at)

    def _ask(self, ticket: Ticket, at: datetime) -> None:
        ticket.reply(
            self.scenario.says("question"),
            by=self.assignee,
            then=Status.ON_HOLD,
            hold_reason=HoldReason.REQUESTER,
            at=at,
        )

    def _answer(self, ticket: Ticket, at: datetime) -> None:
        ticket.reply(self.scenario.says("answer"), by=self.requester, at=at)

    def _note(self, ticket: Ticket, at: datetime) -> None:
        ticket.note(self.notes.draw(), by=self.assignee, at=at)

    def _wait(self, ticket: Ticket, at: datetime) -> None:
        ticket.hold(HoldReason.THIRD_PARTY, by=self.assignee, text=self.scenario.says("supplier"), at=at)

    def _schedule(self, ticket: Ticket, at: datetime) -> None:
        ticket.hold(HoldReason.SCHEDULED, by=self.assignee, text=self.scenario.says("schedule"), at=at)

    def _resolve(self, ticket: Ticket, at: datetime) -> None:
        was_resolved = ticket.events.filter(kind=Kind.RESOLVED).exists()
        text = self.scenario.says("solution_again" if was_resolved else "solution")
        ticket.resolve(by=self.assignee, text=text, at=at)

    def _reopen(self, ticket: Ticket, at: datetime) -> None:
        # Once Closed, only those who work tickets may; the requester has told them.
        by = self.assignee if ticket.is_closed else self.requester
        ticket.reopen(by=by, text=self.scenario.says("again"), at=at)

    def _rate(self, ticket: Ticket, at: datetime) -> None:
        score = self.scores.draw()
        ticket.rate(score, by=self.requester, comment=self.comments[str(score)].draw(), at=at)

    def _close(self, ticket: Ticket, at: datetime) -> None:
        ticket.close(by=self.assignee, at=at)

    def _withdraw(self, ticket: Ticket, at: datetime) -> None:
        ticket.withdraw(by=self.requester, text=self.farewells.draw(), at=at)

    def _trash(self, ticket: Ticket, at: datetime) -> None:
        ticket.trash(by=self.colleague, at=at)
