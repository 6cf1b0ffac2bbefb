"""Reads the whole log and says whether anything in it was changed, removed or inserted behind the verbs' back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from accounts.models import AccountEvent
from accounts.models.chain_head import ChainHead
from accounts.models.event import CHAIN

from .events import REDACTED_VERSIONS, Kind, replay
from .models import Attachment, Message, Ticket, TicketEvent
from .models.event import OPENINGS
from .models.record import LOGGED
from .triggers import missing_triggers

# Rows in memory at a time, beside one ticket's own history.
CHUNK = 500
WORDS = ("title", "description")


class Tampered(Exception):
    """The log is not as the verbs wrote it. The message names the first row that is not."""


@dataclass
class Verified:
    """What was read: rows by table, and the heads of both chains as (length, hash)."""

    rows: dict[str, int] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)

    def count(self, table: str, number: int = 1) -> None:
        self.rows[table] = self.rows.get(table, 0) + number


def verify(
    expected: dict[str, tuple[int, str]] | None = None, progress: Callable[[int], None] = lambda tickets: None
) -> Verified:
    """Walk both chains from their first row to their head.

    expected: chain name -> a head (length, hash) noted earlier, which has to be in the chain still.
    progress: told the number of tickets read so far, now and then.
    Raises Tampered at the first row that is not as it was written.
    """
    verified, expected = Verified(), expected or {}
    with _one_snapshot():
        _verify_heads()
        _verify_orphans()
        _verify_tickets(verified, expected.get(OPENINGS), progress)
        _verify_accounts(verified, expected.get(CHAIN))
    if missing := missing_triggers(connection):
        raise Tampered(f"The database no longer refuses changes of the log: {', '.join(missing)} missing.")
    return verified


# -- tickets -------------------------------------------------------------------------------------
def _verify_tickets(
    verified: Verified, expected: tuple[int, str] | None, progress: Callable[[int], None]
) -> None:
    histories, length, opening = _histories(), 0, ""
    known = expected is None or expected[0] == 0
    upcoming = next(histories, None)
    for ticket in _readable(Ticket._base_manager.order_by("pk")):
        if upcoming is not None and upcoming[0] < ticket.pk:
            raise Tampered(f"tickets_ticket: ticket {upcoming[0]} has events, but its row is missing.")
        if upcoming is None or upcoming[0] != ticket.pk:
            raise Tampered(f"tickets_ticketevent: ticket {ticket.pk} has no events.")
        _verify_history(ticket, upcoming[1], opening, verified)
        length, opening = length + 1, upcoming[1][0].hash
        if expected is not None and expected[0] == length:
            _require(opening == expected[1], f"The noted head {length} of tickets is not in the chain.")
            known = True
        if length % CHUNK == 0:
            progress(length)
        upcoming = next(histories, None)
    if upcoming is not None:
        raise Tampered(f"tickets_ticket: ticket {upcoming[0]} has events, but its row is missing.")
    _verify_head(OPENINGS, length, opening)
    _require(known, f"The noted head of tickets is not in the chain: it has only {length} rows.")
    verified.count("tickets", length)
    verified.heads[OPENINGS] = (length, opening)


def _histories() -> Iterator[tuple[int, list[TicketEvent]]]:
    """Each ticket's events, oldest first, in the order of the tickets' numbers."""
    number, history = None, []
    events = TicketEvent.objects.order_by("ticket_id", "version")
    for event in _readable(events.prefetch_related("messages", "attachments")):
        if number is not None and event.ticket_id != number:
            yield number, history
            history = []
        number = event.ticket_id
        history.append(event)
    if number is not None:
        yield number, history


def _verify_history(ticket: Ticket, events: list[TicketEvent], opening: str, verified: Verified) -> None:
    previous = opening
    for version, event in enumerate(events, start=1):
        row = f"tickets_ticketevent {event.pk} (ticket {ticket.pk}, version {event.version})"
        _require(event.version == version, f"{row}: version {version} should stand here; one is missing.")
        if event.previous_hash != previous:
            what = "the event before it" if version > 1 else "the opening of the ticket before it"
            raise Tampered(f"{row}: does not follow {what}; one of them was changed, removed or inserted.")
        messages, attachments = list(event.messages.all()), list(event.attachments.all())
        for part in (*messages, *attachments):
            _verify_part(part, event, events)
        _require(
            event.hash == event.computed_hash(messages, attachments),
            f"{row}: was changed, or words or files of it were removed or inserted: its hash is another.",
        )
        previous = event.hash
        verified.count("events")
        verified.count("messages", len(messages))
        verified.count("attachments", len(attachments))
    row = f"tickets_ticket {ticket.pk}"
    _require(
        ticket.version == len(events), f"{row}: says {ticket.version} events, and there are {len(events)}."
    )
    _require(ticket.log_hash == previous, f"{row}: does not end with the hash of its newest event.")
    _verify_row(ticket, events)


def _verify_part(part: Message | Attachment, event: TicketEvent, events: list[TicketEvent]) -> None:
    row = f"{part._meta.db_table} {part.pk} (ticket {event.ticket_id}, version {event.version})"
    if not part.is_redacted:
        _require(part.digest == part.computed_digest(), f"{row}: was changed: its digest is another.")
        return
    left = [part.body] if isinstance(part, Message) else [part.name, part.sha256, part.file, part.preview]
    _require(not any(left), f"{row}: was changed after its words were removed.")
    _require(
        any(_removes(later, event.version) for later in events if later.version > event.version),
        f"{row}: its words were removed, and no event says so.",
    )


def _removes(event: TicketEvent, version: int) -> bool:
    """Say whether this event tells that the words of `version` were removed."""
    if event.kind == Kind.PURGED:
        return True
    return event.kind == Kind.REDACTED and version in event.data.get(REDACTED_VERSIONS, [None, []])[1]


def _verify_row(ticket: Ticket, events: list[TicketEvent]) -> None:
    told = dict.fromkeys(LOGGED) | {"hold_reason": ""} | replay(events)
    row: dict[str, Any] = ticket._logged_values() | {word: getattr(ticket, word) for word in WORDS}
    row |= {"version": ticket.version, "updated_at": ticket.updated_at.isoformat()}
    other = sorted(column for column in row.keys() | told.keys() if row.get(column) != told.get(column))
    _require(
        not other,
        f"tickets_ticket {ticket.pk}: {', '.join(other)} differs from what its events say.",
    )


# -- accounts ------------------------------------------------------------------------------------
def _verify_accounts(verified: Verified, expected: tuple[int, str] | None) -> None:
    number, previous = 0, ""
    known = expected is None or expected[0] == 0
    for number, event in enumerate(_readable(AccountEvent.objects.order_by("number")), start=1):
        row = f"accounts_accountevent {event.number}"
        _require(event.number == number, f"{row}: number {number} should stand here; it is missing.")
        _require(
            event.previous_hash == previous,
            f"{row}: does not follow the event before it; one of them was changed, removed or inserted.",
        )
        _require(event.hash == event.computed_hash(), f"{row}: was changed: its hash is another.")
        previous = event.hash
        if expected is not None and expected[0] == number:
            _require(previous == expected[1], f"The noted head {number} of accounts is not in the chain.")
            known = True
    _verify_head(CHAIN, number, previous)
    _require(known, f"The noted head of accounts is not in the chain: it has only {number} rows.")
    verified.count("account events", number)
    verified.heads[CHAIN] = (number, previous)


# -- both ----------------------------------------------------------------------------------------
def _verify_heads() -> None:
    others = ChainHead.objects.exclude(name__in=[OPENINGS, CHAIN]).order_by("name").first()
    _require(others is None, f"accounts_chainhead {others and others.name}: nobody knows this chain.")


def _verify_head(name: str, length: int, newest: str) -> None:
    head = ChainHead.objects.filter(name=name).first() or ChainHead(name=name)
    _require(
        (head.length, head.hash) == (length, newest),
        f"accounts_chainhead {name}: says {head.length} rows, and the chain has {length}, or ends otherwise; "
        "the newest were changed, removed or inserted.",
    )


def _verify_orphans() -> None:
    for model in (Message, Attachment):
        theirs = TicketEvent.objects.filter(pk=OuterRef("event_id"))
        lost = model.objects.filter(~Exists(theirs)).order_by("pk").values_list("pk", "event_id").first()
        if lost:
            raise Tampered(f"{model._meta.db_table} {lost[0]}: its event {lost[1]} is missing.")


def _readable(rows: "models.QuerySet[Any]") -> Iterator[Any]:
    """The rows, a chunk at a time. Names the one whose columns hold what no verb could have written."""
    try:
        yield from rows.iterator(chunk_size=CHUNK)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise Tampered(_unreadable(rows, error)) from error


def _unreadable(rows: "models.QuerySet[Any]", error: Exception) -> str:
    table = rows.model._meta.db_table
    for pk in rows.values_list("pk", flat=True):
        try:
            rows.model._base_manager.get(pk=pk)
        except (ValueError, TypeError, ArithmeticError):
            named = rows.model._base_manager.filter(pk=pk)
            if rows.model is TicketEvent:
                ticket, version = named.values_list("ticket_id", "version")[0]
                return f"{table} {pk} (ticket {ticket}, version {version}): cannot be read."
            if rows.model is AccountEvent:
                return f"{table} {named.values_list('number', flat=True)[0]}: cannot be read."
            return f"{table} {pk}: cannot be read."
    return f"{table}: cannot be read ({error})."


def _require(condition: bool, finding: str) -> None:
    if not condition:
        raise Tampered(finding)


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """See the database as it is now, whatever others write meanwhile.

    SQLite does so while a statement is open; a transaction of ours would stop all writers there.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
