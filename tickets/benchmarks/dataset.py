"""A full help desk, made fast: rows and events as the verbs leave them, inserted in bulk."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from helpdesk.models import ChainHead

from ..events import Kind
from ..models import Feedback, HoldReason, RequestType, Status, Ticket, TicketEvent
from ..models.event import OPENINGS
from ..models.message import Message

SEED = 2026
DAYS = 360
PEOPLE, ADMINS = 200, 12
BATCH = 500
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


@dataclass
class Batch:
    """Rows to insert together. messages: each with the event it belongs to, which has no number yet."""

    tickets: list[Ticket] = field(default_factory=list)
    events: list[TicketEvent] = field(default_factory=list)
    messages: list[tuple[TicketEvent, Message]] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)

    def insert(self) -> None:
        Ticket.objects.bulk_create(self.tickets, batch_size=BATCH)
        TicketEvent.objects.bulk_create(self.events, batch_size=BATCH)
        for event, message in self.messages:
            message.event = event
        Message.objects.bulk_create([message for _, message in self.messages], batch_size=BATCH)
        Feedback.objects.bulk_create(self.feedback, batch_size=BATCH)
        for rows in (self.tickets, self.events, self.messages, self.feedback):
            rows.clear()


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


@transaction.atomic
def make_tickets(number: int, requesters: list[User], admins: list[User], now: datetime) -> None:
    """Make so many tickets of the DAYS before `now`, oldest first, each with the history of its status.

    Numbers are given here, as an event's hash covers its ticket's. On PostgreSQL the sequence does not
    hear of it: nothing can be submitted to this database afterwards.
    """
    random = Random(SEED)  # noqa: S311, no secret depends on it
    newest = Ticket.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    types = _types()
    openings, batch = ChainHead.held(OPENINGS), Batch()
    for n in range(1, number + 1):
        opened_at = now - timedelta(days=DAYS) * (number + 1 - n) / (number + 1)
        story = _Story(random, batch, opened_at.astimezone(UTC), now)
        openings.hash = story.tell(newest + n, openings.hash, random.choice(requesters), admins, types)
        openings.length += 1
        if n % BATCH == 0 or n == number:
            batch.insert()
    openings.save()


class _Story:
    """One ticket from its opening to where it stands today."""

    def __init__(self, random: Random, batch: Batch, opened_at: datetime, now: datetime) -> None:
        self.random, self.batch, self.now = random, batch, now
        self.moment = opened_at

    def tell(
        self, pk: int, before: str, requester: User, admins: list[User], types: list[RequestType]
    ) -> str:
        """Make the ticket's rows and answer the hash of its first event.

        before: the hash of the first event of the ticket opened before.
        """
        random, admin = self.random, self.random.choice(admins)
        self.ticket = ticket = Ticket(
            pk=pk,
            title=f"{' '.join(random.sample(WORDS, 4)).capitalize()} {pk}",
            description=" ".join(random.choices(WORDS, k=60)),
            request_type=random.choice(types),
            requester=requester,
            created_at=self.moment,
            log_hash=before,
        )
        ticket._before = {}
        first = self._log(Kind.SUBMITTED, requester, title=ticket.title, description=ticket.description)
        self.batch.tickets.append(ticket)
        is_old = self.now - self.moment > timedelta(days=20)
        if is_old or random.random() < 0.75:
            self._work(admin, requester, is_old)
        return first

    def _work(self, admin: User, requester: User, is_old: bool) -> None:
        ticket, random = self.ticket, self.random
        self._next(assignee=admin)
        self._log(Kind.ASSIGNED, admin)
        self._next(status=Status.IN_PROGRESS)
        self._log(Kind.STARTED, admin)
        for turn in range(random.randrange(4)):
            self._next()
            by = requester if turn % 2 else admin
            self._answer(by)
            self._log(Kind.REPLIED, by, text=" ".join(random.choices(WORDS, k=25)))
        if not is_old and random.random() < 0.4:
            self._next(status=Status.ON_HOLD, hold_reason=random.choice(HoldReason.values))
            self._answer(admin)
            self._log(Kind.HELD, admin, text="We wait.")
        elif is_old or random.random() < 0.7:
            self._next(status=Status.RESOLVED, resolved_by=admin)
            self.ticket.resolved_at = self.moment
            self._answer(admin)
            self._log(Kind.RESOLVED, admin, text="It works again.")
            if random.random() < 0.6:
                self._rate(ticket, requester, random.choice((5, 5, 4, 4, 3, 2, 1)))

    def _rate(self, ticket: Ticket, requester: User, score: int) -> None:
        self._next(status=Status.CLOSED, score=score)
        ticket.closed_at = self.moment
        comment = "Thank you, quick help." if self.random.random() < 0.5 else ""
        self._log(Kind.RATED, requester, text=comment)
        self.batch.feedback.append(
            Feedback(
                ticket=ticket, score=score, comment=comment, resolver=ticket.resolved_by, given_at=self.moment
            )
        )

    def _next(self, **columns: object) -> None:
        """Go on some time later, but never into the future, and change columns."""
        self.ticket._before = self.ticket._logged_values()
        later = self.moment + timedelta(hours=self.random.expovariate(1 / 8))
        self.moment = min(later, self.now)
        for column, value in columns.items():
            setattr(self.ticket, column, value)

    def _answer(self, by: User) -> None:
        if self.ticket.first_answered_at is None and by.pk != self.ticket.requester_id:
            self.ticket.first_answered_at = self.moment

    def _log(self, kind: Kind, by: User, **words: str) -> str:
        """Write the event as the verbs do, and answer its hash."""
        ticket = self.ticket
        ticket._moment = self.moment
        ticket._move_on(kind)
        messages = [Message.of_words(part, body) for part, body in words.items() if body]
        event = ticket._next_event(kind, by)
        event.hash = ticket.log_hash = event.computed_hash(messages, [])
        self.batch.events.append(event)
        self.batch.messages += [(event, message) for message in messages]
        return event.hash


def _types() -> list[RequestType]:
    return list(RequestType.objects.all())
