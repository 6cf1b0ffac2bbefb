"""What the numbers of the last weeks say: how fast help came, and how much."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from ..models import Ticket
from .statistics import median_duration

DAYS = 30
# No figure reads more tickets than this; beyond it, it is of the newest and the page says so.
MOST_TICKETS = 5_000


class Day(NamedTuple):
    day: date
    opened: int
    resolved: int


@dataclass(frozen=True)
class Pace:
    """How the last DAYS days went. first_answer, resolution: medians over the tickets opened in them; None
    without one. resolved_this_week: since Monday. days: oldest first, in the current time zone.
    is_partial: there were more than MOST_TICKETS.
    """

    first_answer: timedelta | None
    resolution: timedelta | None
    resolved_this_week: int
    days: list[Day]
    is_partial: bool


def pace(now: datetime) -> Pace:
    """Read how the last DAYS days went. One query, of at most MOST_TICKETS opened and as many resolved."""
    today = timezone.localdate(now)
    first, start = first_day(now)
    rows, is_partial = _opened_or_resolved_since(start)
    new = sorted((row for row in rows if row[0] >= start), key=itemgetter(0), reverse=True)[:MOST_TICKETS]
    # Not timezone.localdate: it would look up the zone for each of thousands of moments.
    zone = timezone.get_current_timezone()
    opened = Counter(created.astimezone(zone).date() for created, _, _ in new)
    resolved = Counter(done.astimezone(zone).date() for _, _, done in rows if done and done >= start)
    monday = today - timedelta(days=today.weekday())
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return Pace(
        first_answer=median_duration([answered - created for created, answered, _ in new if answered]),
        resolution=median_duration([done - created for created, _, done in new if done]),
        resolved_this_week=sum(number for day, number in resolved.items() if day >= monday),
        days=[Day(day, opened[day], resolved[day]) for day in days],
        is_partial=is_partial,
    )


def first_day(now: datetime, days: int = DAYS) -> tuple[date, datetime]:
    """The first of the last so many days, today included, and its beginning."""
    first = timezone.localdate(now) - timedelta(days=days - 1)
    return first, timezone.make_aware(datetime.combine(first, datetime.min.time()))


def _opened_or_resolved_since(start: datetime) -> tuple[list[Any], bool]:
    """The moments of the newest tickets opened, and of those resolved; and whether there are more."""
    present = Ticket.objects.present()
    # Each half walks an index of its own. As conditions of one query they would read the whole table.
    opened = present.filter(created_at__gte=start).order_by("-created_at", "-id")
    resolved = present.filter(resolved_at__gte=start).order_by("-resolved_at", "-id")
    rows = list(
        Ticket.objects.filter(
            Q(pk__in=opened.values("pk")[: MOST_TICKETS + 1])
            | Q(pk__in=resolved.values("pk")[: MOST_TICKETS + 1])
        ).values_list("created_at", "first_answered_at", "resolved_at")
    )
    new = sum(created >= start for created, _, _ in rows)
    done = sum(done is not None and done >= start for _, _, done in rows)
    return rows, max(new, done) > MOST_TICKETS
