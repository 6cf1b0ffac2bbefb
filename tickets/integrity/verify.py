"""Reads the whole log again and says where somebody has changed, removed or inserted a row of it."""

from collections.abc import Iterator
from hashlib import file_digest
from typing import Any

from django.db.models import Max, Prefetch
from django.utils.translation import gettext as _

from helpdesk.db.snapshot import snapshot
from helpdesk.models import AuditEvent, ChainHead
from helpdesk.models.audit_event import CHAIN as ACCOUNTS

from ..events import Kind
from ..models import Attachment, Message, Ticket, TicketEvent
from ..models.event import OPENINGS
from ..models.replay import BLANKED, replay
from ..models.ticket.fields import LOGGED

CHUNK = 500
WORDS = ("title", "description")
MOMENTS = ("updated_at", "publicly_updated_at")


class Tampered(Exception):
    """The first row that is not as the log says it was written."""


class LogVerifier:
    """One reading of the log.

    with_files: read what was sent along as well, each file to its end.
    rows, files: how many were read so far. heads: chain -> (length, hash) at its end.
    """

    def __init__(self, *, with_files: bool = True) -> None:
        self.with_files = with_files
        self.rows = self.files = 0
        self._suspects: list[tuple[int, str]] = []
        self.heads: dict[str, tuple[int, str]] = {}

    def run(self) -> Iterator[int]:
        """Read everything, a ticket at a time. Yields the number of rows so far, for a sign of life.

        Raises Tampered. Reads each row once, in chunks; memory stays level.
        """
        with snapshot():
            yield from self._tickets()
            yield from self._accounts()
            self._strays()
        self._accuse()

    # -- tickets -----------------------------------------------------------------------------
    def _tickets(self) -> Iterator[int]:
        opening, opened = "", 0
        for tickets in _chunks(Ticket.objects.order_by("pk")):
            events = _by_ticket(tickets)
            for ticket in tickets:
                opening = self._chain_of(ticket, events.get(ticket.pk, []), opening)
                opened += 1
                yield self.rows
        self._head(OPENINGS, opened, opening, _("tickets"))

    def _chain_of(self, ticket: Ticket, events: list[TicketEvent], opening: str) -> str:
        """Check one ticket's history. opening: the hash of the first event of the ticket before it.
        Answers that of this one's.
        """
        previous = opening
        for version, event in enumerate(events, start=1):
            _require(
                event.version == version,
                _("%(ticket)s: event %(number)d is missing")
                % {"ticket": ticket.reference, "number": version},
            )
            self._event(ticket, event, previous)
            previous = event.hash
        _require(bool(events), _("%(ticket)s: its whole history is missing") % {"ticket": ticket.reference})
        last = events[-1]
        _require(
            ticket.version == len(events) and ticket.log_hash == last.hash,
            _("%(ticket)s: the ticket's row names another newest event than event %(number)d")
            % {"ticket": ticket.reference, "number": last.version},
        )
        self._blanks(ticket, events)
        self._row(ticket, events)
        return events[0].hash

    def _event(self, ticket: Ticket, event: TicketEvent, previous: str) -> None:
        name = _event_name(ticket, event)
        _require(
            event.previous_hash == previous,
            _("%(row)s: it does not follow the row before it (one was changed, removed or inserted)")
            % {"row": name},
        )
        messages, attachments = list(event.messages.all()), list(event.attachments.all())
        for part in _parts(event):
            label = _part_name(ticket, event, part)
            _require(
                part.is_redacted or part.digest == part.computed_digest(),
                _("%(row)s: its content was changed") % {"row": label},
            )
        _require(
            event.hash == event.computed_hash(messages, attachments),
            _("%(row)s: it was changed") % {"row": name},
        )
        for attachment in attachments:
            self._file(attachment, _part_name(ticket, event, attachment))
        self.rows += 1 + len(messages) + len(attachments)

    def _file(self, attachment: Attachment, name: str) -> None:
        """Compare a file with what its row, checked already, says of it."""
        if not self.with_files or attachment.is_redacted:
            return
        try:
            with attachment.file.open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError:
            self._suspects.append(
                (attachment.pk, _("%(row)s: its file is missing or cannot be read") % {"row": name})
            )
            return
        self.files += 1
        if found != attachment.sha256:
            self._suspects.append((attachment.pk, _("%(row)s: its file was changed") % {"row": name}))

    def _accuse(self) -> None:
        """Name the first file that is not as it was sent, unless it was redacted while the log was read."""
        for key, what in self._suspects:
            row = Attachment.objects.filter(pk=key).first()
            _require(row is not None and row.is_redacted, what)

    def _blanks(self, ticket: Ticket, events: list[TicketEvent]) -> None:
        """Words may be blank only if a later event says that they were removed."""
        removed: set[int] = set()
        for event in events:
            removed |= set(range(1, event.version)) if event.kind == Kind.PURGED else set()
            removed |= set(event.data.get(BLANKED, [None, []])[1])
        for event in events:
            for part in _parts(event):
                if not part.is_redacted:
                    continue
                name = _part_name(ticket, event, part)
                _require(
                    event.version in removed,
                    _("%(row)s: its content was removed and no event says so") % {"row": name},
                )
                _require(not part.leftovers, _("%(row)s: its content was changed") % {"row": name})

    def _row(self, ticket: Ticket, events: list[TicketEvent]) -> None:
        told = {"hold_reason": "", **_filled(ticket, events), **replay(events)}
        row = {**ticket.logged_values(), **{name: getattr(ticket, name) for name in WORDS}}
        row |= {name: getattr(ticket, name).isoformat() for name in MOMENTS}
        for column in (*LOGGED, *WORDS, *MOMENTS):
            _require(
                told.get(column) == row[column],
                _("%(ticket)s: the ticket's row has another %(column)s than its history tells")
                % {"ticket": ticket.reference, "column": column},
            )

    # -- accounts ----------------------------------------------------------------------------
    def _accounts(self) -> Iterator[int]:
        previous, number = "", 0
        for events in _chunks(AuditEvent.objects.order_by("number"), key="number"):
            for event in events:
                number += 1
                name = _("Account event %(number)d") % {"number": number}
                _require(event.number == number, _("%(row)s: it is missing") % {"row": name})
                _require(
                    event.previous_hash == previous,
                    _("%(row)s: it does not follow the row before it (one was changed, removed or inserted)")
                    % {"row": name},
                )
                _require(event.hash == event.computed_hash(), _("%(row)s: it was changed") % {"row": name})
                previous = event.hash
                self.rows += 1
            yield self.rows
        self._head(ACCOUNTS, number, previous, _("account events"))

    # -- both --------------------------------------------------------------------------------
    def _head(self, chain: str, length: int, last: str, what: str) -> None:
        head = ChainHead.objects.filter(name=chain).first() or ChainHead(name=chain)
        told = {"rows": what, "written": head.length, "there": length}
        _require(
            head.length == length,
            _("The end of the %(rows)s: %(written)d were written, %(there)d are there") % told,
        )
        _require(
            head.hash == last,
            _("The end of the %(rows)s: the newest is not the one that was written") % told,
        )
        self.heads[chain] = (length, last)

    def _strays(self) -> None:
        """Rows that no event or ticket of the ones read above leads to."""
        counted = (
            TicketEvent.objects.count()
            + Message.objects.count()
            + Attachment.objects.count()
            + AuditEvent.objects.count()
        )
        _require(
            counted == self.rows,
            _("%(counted)d rows are in the log, %(known)d belong to a ticket or account")
            % {"counted": counted, "known": self.rows},
        )
        others = ChainHead.objects.exclude(name__in=self.heads).first()
        _require(others is None, _("The end of a chain nobody knows: %(chain)s") % {"chain": others})


def _chunks(rows: Any, key: str = "pk") -> Iterator[list[Any]]:
    """Read by key, so that a long reading holds no cursor and no transaction open."""
    last = rows.aggregate(last=Max(key))["last"]
    after = None
    while last is not None and after != last:
        chunk = list((rows if after is None else rows.filter(**{f"{key}__gt": after}))[:CHUNK])
        if not chunk:
            return
        yield chunk
        after = getattr(chunk[-1], key)


def _parts(event: TicketEvent) -> list[Message | Attachment]:
    return [*event.messages.all(), *event.attachments.all()]


def _event_name(ticket: Ticket, event: TicketEvent) -> str:
    return _("%(ticket)s, event %(number)d") % {"ticket": ticket.reference, "number": event.version}


def _part_name(ticket: Ticket, event: TicketEvent, part: Message | Attachment) -> str:
    return _("%(ticket)s, event %(number)d, %(part)s %(key)d") % {
        "ticket": ticket.reference,
        "number": event.version,
        "part": part._meta.verbose_name,
        "key": part.pk,
    }


def _by_ticket(tickets: list[Ticket]) -> dict[int, list[TicketEvent]]:
    events = (
        TicketEvent.objects.filter(ticket_id__gte=tickets[0].pk, ticket_id__lte=tickets[-1].pk)
        .order_by("ticket_id", "version")
        .prefetch_related(Prefetch("messages"), Prefetch("attachments"))
    )
    grouped: dict[int, list[TicketEvent]] = {}
    for event in events:
        grouped.setdefault(event.ticket_id, []).append(event)
    return grouped


def _filled(ticket: Ticket, events: list[TicketEvent]) -> dict[str, Any]:
    """What the row may say though no event tells of it: from before there was the column, an upgrade filled it with
    the moment of a message of the requester.
    """
    said = {event.at for event in events if event.version == 1 or event.actor_id == ticket.requester_id}
    since = ticket.unanswered_since
    return {"unanswered_since": since.isoformat()} if since in said else {}


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise Tampered(what)
