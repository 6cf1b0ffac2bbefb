"""Where news comes from: one class for each thing that open pages follow.

A source reads what changed and answers notices. Only the watch's thread calls it.
"""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any, Protocol, cast

from django.db.models import QuerySet
from django.utils import timezone

from accounts.sessions import Visit, ended_and_changed

from ..models import Notification, Presence, TicketEvent
from . import notice
from .notice import REFRESH, Notice
from .wake_up import Changed

# More events than this at once are not told one by one.
MOST_EVENTS = 500


class Source(Protocol):
    def read(self, changed: Changed) -> list[Notice]:
        """Answer what is to be told; no query if nothing concerns this source."""


class TicketEvents:
    """Every committed event, once. On SQLite, where one transaction writes at a time, in the order of ids;
    PostgreSQL's ids become visible in another order, so there each event's own id is told.
    """

    def __init__(self) -> None:
        self._last = self._newest()

    def read(self, changed: Changed) -> list[Notice]:
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
        return [told for _, *event in rows for told in notice.of_ticket_event(*cast(Any, event))]

    @staticmethod
    def _newest() -> int:
        return TicketEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class Presences:
    """Who is at a ticket, and who writes. Silence changes it, too, so it is also looked at without a commit."""

    LOOK_SECONDS = 5

    def __init__(self) -> None:
        self._there = self._now()
        self._looked_at = monotonic()

    def read(self, changed: Changed) -> list[Notice]:
        is_due = bool(self._there) and monotonic() - self._looked_at >= self.LOOK_SECONDS
        if not is_due and not changed.touches("tickets_presence"):
            return []
        before, self._there, self._looked_at = self._there, self._now(), monotonic()
        return [
            notice.of_presence(ticket) for ticket in sorted({ticket for ticket, *_ in before ^ self._there})
        ]

    @staticmethod
    def _now() -> set[tuple[int, int, bool]]:
        return set(Presence.objects.current().values_list("ticket_id", "person_id", "writing"))


class Bells:
    """Whose notifications are new or were read. SQLite names nobody, so there they are looked for: the new by
    their ids, those read by the moment, with some seconds to spare as it is not yet that of the commit.
    """

    SPARE = timedelta(seconds=10)

    def __init__(self) -> None:
        self._last = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._read = set(self._read_lately())

    def read(self, changed: Changed) -> list[Notice]:
        if not changed.touches("tickets_notification"):
            return []
        people = changed.ids_of("tickets_notification")
        if people is None:
            people = self._found()
        return [notice.of_bell(person) for person in sorted(people)]

    def _found(self) -> set[int]:
        new = list(Notification.objects.filter(pk__gt=self._last).values_list("pk", "person_id"))
        self._last = max([self._last, *(pk for pk, _ in new)])
        before, self._read = self._read, set(self._read_lately())
        return {person for _, person in [*new, *(self._read - before)]}

    def _read_lately(self) -> "QuerySet[Notification, tuple[int, int]]":
        lately = Notification.objects.filter(read_at__gt=timezone.now() - self.SPARE)
        return lately.values_list("pk", "person_id")


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
        if changed.touches("django_session") or changed.touches("accounts_user"):
            self.is_due = True
        since = monotonic() - self._looked_at
        if since < (self.LEAST_SECONDS if self.is_due else self.MOST_SECONDS):
            return set(), set()
        # First, as a change during the look may come too late for it.
        self.is_due, self._looked_at = False, monotonic()
        return ended_and_changed(visits())
