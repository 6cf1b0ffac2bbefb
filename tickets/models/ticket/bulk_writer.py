"""Many new tickets with all that happened to them, written in few statements: for data made up or brought
over whole. The rows, the events and the chain are those the verbs would have left.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from helpdesk.models import ChainHead

from ...errors import WrongMoment, require
from ...events import EventKind, Kind
from ..event import OPENINGS, TicketEvent
from ..feedback import Feedback
from ..message import Message
from ..request_type import RequestType
from ..subscribers import Said, publish_words
from .change import Change, Entry
from .ticket import Ticket

BATCH = 500


class History:
    """A new ticket and what happened to it, in memory until write_in_bulk. Its submission is there already.

    Neither rights nor statuses are asked: whoever makes it sees to it that verbs could have made it, too.

    ticket: its row as it is after the last change.
    feedback: its ratings, beside the events that tell of them.
    """

    def __init__(
        self,
        *,
        title: str,
        request_type: RequestType,
        description: str,
        requester: User,
        at: datetime,
        key: str | None = None,
    ) -> None:
        """Begin with what the requester submits.

        at: when, not in the future.
        key: as Ticket.submit takes it; None allows twins.
        Raises django's ValidationError for a title or description that cannot be, WrongMoment.
        """
        self.entries: list[Entry] = []
        self.feedback: list[Feedback] = []
        self.ticket = Ticket.unsaved(
            title=title,
            request_type=request_type,
            description=description,
            requester=requester,
            at=at.astimezone(UTC),
            key=key,
        )
        with self.change(Kind.SUBMITTED, by=requester, at=at) as change:
            change.words = {"title": self.ticket.title, "description": self.ticket.description}

    @contextmanager
    def change(self, kind: EventKind, *, by: User | None, at: datetime) -> Iterator[Change]:
        """Change the ticket and add the one event that tells of it, as TicketBase.change does for verbs.

        kind: of the event.
        by: the person acting, None for the system.
        at: when, not before the last change and not in the future.
        Raises WrongMoment.
        """
        require(self.ticket.updated_at <= at <= timezone.now(), WrongMoment)
        change = Change(self.ticket, kind, by, at.astimezone(UTC), is_past=True)
        yield change
        self.entries.append(change.compose())


@transaction.atomic
def write_in_bulk(histories: Iterable[History], batch_size: int = BATCH) -> int:
    """Write new tickets with their histories, and answer how many. Nobody is told of them.

    histories: in the order the tickets get their numbers. Files and mentions are not for here.
    batch_size: tickets held in memory, and rows in one statement.
    Raises django's IntegrityError for a key that has made a ticket already; nothing is written then.
    """
    # First of all: numbers are given in the order of the chain of openings.
    openings = ChainHead.held(OPENINGS)
    written, waiting = 0, iter(histories)
    while batch := list(islice(waiting, batch_size)):
        _write(batch, openings, batch_size)
        written += len(batch)
    openings.save()
    return written


def _write(batch: list[History], openings: ChainHead, size: int) -> None:
    tickets = [history.ticket for history in batch]
    Ticket.objects.bulk_create(tickets, batch_size=size)
    publish_words([Said(ticket.pk, ticket.title, ticket.description) for ticket in tickets])
    for history in batch:
        history.ticket.log_hash = openings.hash
        for entry in history.entries:
            entry.seal(history.ticket)
        openings.hash = history.entries[0].event.hash
        openings.length += 1
    # The manager of the verbs refuses, as an update leaves no event.
    Ticket._base_manager.bulk_update(tickets, ["log_hash"], batch_size=size)
    entries = [entry for history in batch for entry in history.entries]
    TicketEvent.objects.bulk_create([entry.event for entry in entries], batch_size=size)
    for entry in entries:
        for message in entry.messages:
            message.event = entry.event
    Message.objects.bulk_create([m for entry in entries for m in entry.messages], batch_size=size)
    Feedback.objects.bulk_create(
        [rating for history in batch for rating in history.feedback], batch_size=size
    )
