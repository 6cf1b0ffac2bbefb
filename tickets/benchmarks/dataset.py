"""A full help desk, made fast by the bulk writer."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from accounts.roles import Role

from ..events import EventKind, Kind
from ..models import Feedback, HoldReason, RequestType, Status, Ticket
from ..models.ticket.bulk_writer import History, write_in_bulk
from ..models.ticket.change import Change
from ..models.ticket.lifecycle import enter

SEED = 2026
DAYS = 360
PEOPLE, ADMINS = 200, 12
WORDS = [
    "printer",
    "screen",
    "network",
    "password",
    "laptop",
    "account",
    "invoice",
    "update",
    "access",
    "mail",
    "slow",
    "broken",
    "new",
    "missing",
]


def make_person(name: str, surname: str, role: Role) -> User:
    """Make somebody nobody can sign in as by password."""
    address = f"{name}@benchmark.invalid"
    return User.objects.create_user(address, None, first_name=name.capitalize(), last_name=surname, role=role)


def make_people() -> tuple[list[User], list[User]]:
    """Make requesters and admins nobody can sign in as by password, and answer both."""
    requesters = [make_person(f"requester{n}", f"Rita {n}", Role.USER) for n in range(PEOPLE)]
    return requesters, [make_person(f"admin{n}", f"Ada {n}", Role.ADMIN) for n in range(ADMINS)]


def make_conversation(requester: User, admin: User, events: int, ticket: Ticket | None = None) -> Ticket:
    """Talk by the verbs until a ticket has so many events. ticket: None for a new one, which `admin` takes."""
    if ticket is None:
        ticket = Ticket.submit(
            title="A long story",
            request_type=_types()[0],
            description="It began on Monday.",
            requester=requester,
            by=requester,
        )
        ticket.take(by=admin)
    while ticket.version < events:
        turn = ticket.version % 3
        text = f"Step {ticket.version}: **look** at the `cable`, then\n\n* restart\n* wait"
        if turn == 0:
            ticket.note(text, by=admin)
        else:
            ticket.reply(text, by=admin if turn == 1 else requester)
    return ticket


def make_tickets(number: int, requesters: list[User], admins: list[User], now: datetime) -> None:
    """Make so many tickets of the DAYS before `now`, oldest first, each with the history of its status."""
    random, types = Random(SEED), _types()  # noqa: S311, no secret depends on it
    opened = (now - timedelta(days=DAYS) * (number - n) / (number + 1) for n in range(number))
    write_in_bulk(
        _Story(random, moment, now).tell(random.choice(requesters), admins, types) for moment in opened
    )


class _Story:
    """One ticket from its opening to where it stands today."""

    def __init__(self, random: Random, opened_at: datetime, now: datetime) -> None:
        self.random, self.moment, self.now = random, opened_at, now

    def tell(self, requester: User, admins: list[User], types: list[RequestType]) -> History:
        random, admin = self.random, self.random.choice(admins)
        self.history = History(
            title=" ".join(random.sample(WORDS, 4)).capitalize(),
            description=" ".join(random.choices(WORDS, k=60)),
            request_type=random.choice(types),
            requester=requester,
            at=self.moment,
        )
        is_old = self.now - self.moment > timedelta(days=20)
        if is_old or random.random() < 0.75:
            self._work(admin, requester, is_old)
        return self.history

    def _work(self, admin: User, requester: User, is_old: bool) -> None:
        ticket, random = self.history.ticket, self.random
        with self._next(Kind.ASSIGNED, admin):
            ticket.assignee = admin
        with self._next(Kind.STARTED, admin) as change:
            enter(ticket, Status.IN_PROGRESS, change.moment)
        for turn in range(random.randrange(4)):
            with self._next(Kind.REPLIED, requester if turn % 2 else admin) as change:
                change.words["text"] = " ".join(random.choices(WORDS, k=25))
        if not is_old and random.random() < 0.4:
            with self._next(Kind.HELD, admin) as change:
                enter(ticket, Status.ON_HOLD, change.moment)
                ticket.hold_reason = random.choice(HoldReason.values)
                change.words["text"] = "We wait."
        elif is_old or random.random() < 0.7:
            with self._next(Kind.RESOLVED, admin) as change:
                enter(ticket, Status.RESOLVED, change.moment)
                ticket.resolved_by = admin
                change.words["text"] = "It works again."
            if random.random() < 0.6:
                self._rate(ticket, requester, random.choice((5, 5, 4, 4, 3, 2, 1)))

    def _rate(self, ticket: Ticket, requester: User, score: int) -> None:
        comment = "Thank you, quick help." if self.random.random() < 0.5 else ""
        with self._next(Kind.RATED, requester) as change:
            enter(ticket, Status.CLOSED, change.moment)
            ticket.score = score
            change.words["text"] = comment
        self.history.feedback.append(
            Feedback(
                ticket=ticket,
                score=score,
                comment=comment,
                resolver=ticket.resolved_by,
                given_at=change.moment,
            )
        )

    def _next(self, kind: EventKind, by: User) -> AbstractContextManager[Change]:
        """Go on some time later, but never into the future."""
        later = self.moment + timedelta(hours=self.random.expovariate(1 / 8))
        self.moment = min(later, self.now)
        return self.history.change(kind, by=by, at=self.moment)


def _types() -> list[RequestType]:
    return list(RequestType.objects.all())
