"""Where news comes from: one class for each thing that open pages follow.

A source reads what changed and answers messages. Only the watch's thread calls it.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol, cast

from django.db import connection
from django.db.models import Count, Max

from accounts.sessions import Visit, ended_and_changed

from ..models import Notification, Presence, TicketEvent
from . import message
from .change_feed import Changed
from .message import REFRESH, LiveMessage

# More events than this at once are not told one by one.
MOST_EVENTS = 500


class Source(Protocol):
    def read(self, changed: Changed) -> list[LiveMessage]:
        """Answer what is to be told; no query if nothing concerns this source."""


class TicketEvents:
    """Every committed event, once. On SQLite, where one transaction writes at a time, in the order of ids;
    PostgreSQL's ids become visible in another order, so there each event's own id is told.
    """

    def __init__(self) -> None:
        self._last = self._newest()

    def read(self, changed: Changed) -> list[LiveMessage]:
        if not changed.touches("tickets_ticketevent"):
            return []
        ids = changed.ids_of("tickets_ticketevent")
        if ids is None:
            found = TicketEvent.objects.filter(pk__gt=self._last)
        elif len(ids) > MOST_EVENTS:
            return [REFRESH]
        else:
            found = TicketEvent.objects.filter(pk__in=ids)
        rows = list(
            found.order_by("pk").values_list("pk", "ticket_id", "version", "kind", "ticket__requester_id")[
                : MOST_EVENTS + 1
            ]
        )
        if len(rows) > MOST_EVENTS:
            self._last = self._newest()
            return [REFRESH]
        if rows:
            self._last = rows[-1][0]
        return [told for _, *event in rows for told in message.of_ticket_event(*cast(Any, event))]

    @staticmethod
    def _newest() -> int:
        return TicketEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class Presences:
    """Who is at a ticket, and who writes. Silence changes it, too, so it is also looked at without a commit."""

    LOOK_SECONDS = 5

    def __init__(self) -> None:
        self._there = self._now()
        self._looked_at = monotonic()

    def read(self, changed: Changed) -> list[LiveMessage]:
        is_due = bool(self._there) and monotonic() - self._looked_at >= self.LOOK_SECONDS
        if not is_due and not changed.touches("tickets_presence"):
            return []
        before, self._there, self._looked_at = self._there, self._now(), monotonic()
        return [
            message.of_presence(ticket) for ticket in sorted({ticket for ticket, *_ in before ^ self._there})
        ]

    @staticmethod
    def _now() -> set[tuple[int, int, bool]]:
        return set(Presence.objects.current().values_list("ticket_id", "person_id", "writing"))


class Bells:
    """Whose unread notifications are others than before. PostgreSQL names the people."""

    LEAST_SECONDS = 0.3

    def __init__(self) -> None:
        self._looks_itself = connection.vendor == "sqlite"
        self._unread = self._now() if self._looks_itself else {}
        self._looked_at, self._is_due = monotonic(), False

    def read(self, changed: Changed) -> list[LiveMessage]:
        if not self._looks_itself:
            return [
                message.of_bell(person) for person in sorted(changed.ids_of("tickets_notification") or ())
            ]
        self._is_due |= changed.touches("tickets_notification")
        if not self._is_due or monotonic() - self._looked_at < self.LEAST_SECONDS:
            return []
        before, self._unread = self._unread, self._now()
        self._looked_at, self._is_due = monotonic(), False
        everybody = sorted({*before, *self._unread})
        return [message.of_bell(n) for n in everybody if before.get(n) != self._unread.get(n)]

    @staticmethod
    def _now() -> dict[int, tuple[int, int]]:
        """Person -> how many are unread, and the newest of them. One query, answered from an index."""
        unread = Notification.objects.filter(in_app=True).unread().order_by()
        rows = unread.values_list("person_id").annotate(Count("pk"), Max("pk"))
        return {person: (number, newest) for person, number, newest in rows}


# What says who is signed in, and what they may do.
RIGHTS_TABLES = (
    "django_session",
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "auth_group_permissions",
)
SOURCES: tuple[type[Source], ...] = (TicketEvents, Presences, Bells)


class Visits:
    """Not what is told but who may still be told: looked at when sessions or people changed, and again every
    minute, as time ends sessions, too.
    """

    LEAST_SECONDS, MOST_SECONDS = 1, 60

    def __init__(self) -> None:
        self.is_due = False
        self._looked_at = monotonic()

    def look(self, changed: Changed, visits: Callable[[], set[Visit]]) -> tuple[set[Visit], set[Visit]]:
        """Answer who is signed out and whose rights are others. At most once a second."""
        if any(changed.touches(table) for table in RIGHTS_TABLES):
            self.is_due = True
        since = monotonic() - self._looked_at
        if since < (self.LEAST_SECONDS if self.is_due else self.MOST_SECONDS):
            return set(), set()
        # First, as a change during the look may come too late for it.
        self.is_due, self._looked_at = False, monotonic()
        return ended_and_changed(visits())
