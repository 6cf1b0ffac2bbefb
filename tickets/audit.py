"""Everything that was done to tickets and accounts as one list, newest first."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.models import AuditEvent
from helpdesk.web.query_params import moment, whole_number

from .models import RequestType, TicketEvent
from .timeline import Entry, NumberedEvent, ids_in

SIZE = 50


class AuditKind(models.TextChoices):
    """What admins and operators do beside any ticket."""

    REDACTED = "redacted", _("Words removed")
    EXPORTED = "exported", _("Data exported")


# At the same moment, accounts come after tickets: any order will do, so long as it is one.
TICKETS, ACCOUNTS = "t", "a"


class Cursor(NamedTuple):
    """Where in the list something stands: newest first by moment, then by source and id."""

    at: datetime
    source: str
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.source}~{self.pk}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; None for nonsense."""
        at, source, end = [*text.split("~"), "", ""][:3]
        reached, number = moment(at), whole_number(end)
        if reached is None or number is None or source not in (TICKETS, ACCOUNTS):
            return None
        return cls(reached, source, number)


class Row(NamedTuple):
    cursor: Cursor
    event: TicketEvent | AuditEvent
    # How the timeline would show it; None for an event of an account.
    entry: Entry | None


class Audit:
    """One page of the list. rows: at most SIZE; older: the cursor the next page begins after, or "".

    At most seven queries, however long the log is.
    """

    def __init__(self, wanted: dict[str, Any], after: str = "") -> None:
        """wanted: people (ids, or None for everybody), kind, ticket (number), person, since, until (days in
        the current time zone); all may be None. after: a cursor as `older` gives it; nonsense is the start.
        """
        cursor = Cursor.from_text(after)
        found = [
            *self._read(self._of_tickets(wanted), TICKETS, cursor),
            *self._read(self._of_accounts(wanted), ACCOUNTS, cursor),
        ]
        found.sort(key=lambda pair: pair[0], reverse=True)
        page = found[:SIZE]
        self.older = str(page[-1][0]) if len(found) > SIZE else ""
        events = [event for _cursor, event in page if isinstance(event, TicketEvent)]
        people = User.objects.in_bulk(ids_in(events, "assignee_id"))
        types = RequestType.objects.in_bulk(ids_in(events, "request_type_id"))
        self.rows = [
            Row(
                cursor,
                event,
                Entry(NumberedEvent(event, event.version), people, types)
                if isinstance(event, TicketEvent)
                else None,
            )
            for cursor, event in page
        ]

    @staticmethod
    def _of_tickets(wanted: dict[str, Any]) -> models.QuerySet[Any]:
        events = TicketEvent.objects.select_related("actor", "ticket").defer("ticket__description")
        if wanted.get("person") is not None:
            return events.none()
        if wanted.get("ticket") is not None:
            events = events.filter(ticket_id=wanted["ticket"])
        return _narrowed(events, wanted)

    @staticmethod
    def _of_accounts(wanted: dict[str, Any]) -> models.QuerySet[Any]:
        events = AuditEvent.objects.select_related("actor", "person")
        if wanted.get("ticket") is not None:
            return events.none()
        if wanted.get("person") is not None:
            events = events.filter(person__in=wanted["person"])
        return _narrowed(events, wanted)

    @staticmethod
    def _read(events: models.QuerySet[Any], source: str, after: Cursor | None) -> list[tuple[Cursor, Any]]:
        if after is not None:
            # The first condition lets the index seek; the second is exact.
            beyond = models.Q(at__lt=after.at)
            if source == after.source:
                beyond |= models.Q(at=after.at, pk__lt=after.pk)
            elif source < after.source:
                beyond |= models.Q(at=after.at)
            events = events.filter(at__lte=after.at).filter(beyond)
        rows = events.order_by("-at", "-id")[: SIZE + 1]
        return [(Cursor(event.at, source, event.pk), event) for event in rows]


def _narrowed(events: models.QuerySet[Any], wanted: dict[str, Any]) -> models.QuerySet[Any]:
    if wanted.get("people") is not None:
        events = events.filter(actor__in=wanted["people"])
    if wanted.get("kind"):
        events = events.filter(kind=wanted["kind"])
    if wanted.get("since"):
        events = events.filter(at__gte=_midnight(wanted["since"]))
    if wanted.get("until"):
        events = events.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
