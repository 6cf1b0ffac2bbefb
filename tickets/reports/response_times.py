"""What the numbers of the last weeks say: how fast help came, how much, and what people thought of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from operator import itemgetter
from statistics import NormalDist, median
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models.managers import NAME

from ..models import Feedback, Ticket
from ..models.feedback import FeedbackQuerySet

if TYPE_CHECKING:
    from accounts.models import User

DAYS = 30
# No figure reads more tickets than this; beyond it, it is of the newest and the page says so.
MOST_TICKETS = 5_000
COMMENTS = 3
# The normal distribution's 97.5 % point: 95 % lie within it to both sides.
Z_95 = NormalDist().inv_cdf(0.975)


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
    first, start = _first_day(now)
    rows, is_partial = _opened_or_resolved_since(start)
    new = sorted((row for row in rows if row[0] >= start), key=itemgetter(0), reverse=True)[:MOST_TICKETS]
    # Not timezone.localdate: it would look up the zone for each of thousands of moments.
    zone = timezone.get_current_timezone()
    opened = Counter(created.astimezone(zone).date() for created, _, _ in new)
    resolved = Counter(done.astimezone(zone).date() for _, _, done in rows if done and done >= start)
    monday = today - timedelta(days=today.weekday())
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return Pace(
        first_answer=_median([answered - created for created, answered, _ in new if answered]),
        resolution=_median([done - created for created, _, done in new if done]),
        resolved_this_week=sum(number for day, number in resolved.items() if day >= monday),
        days=[Day(day, opened[day], resolved[day]) for day in days],
        is_partial=is_partial,
    )


def _first_day(now: datetime) -> tuple[date, datetime]:
    """The first of the last DAYS days, and its beginning."""
    first = timezone.localdate(now) - timedelta(days=DAYS - 1)
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


@dataclass(frozen=True)
class Satisfaction:
    """What requesters thought. mean: None without a rating. distribution: (score, number, percent of the
    most frequent), best first.
    """

    number: int
    mean: float | None
    distribution: list[tuple[int, int, int]]


def satisfaction(now: datetime, resolver: "User | None" = None) -> Satisfaction:
    """Read the ratings of the last DAYS days. resolver: only of what this person solved; None for all.
    One query.
    """
    ratings = _ratings(_first_day(now)[1], resolver)
    counts = dict(ratings.order_by().values_list("score").annotate(Count("id")))
    number = sum(counts.values())
    most = max(counts.values(), default=1)
    return Satisfaction(
        number=number,
        mean=sum(score * times for score, times in counts.items()) / number if number else None,
        distribution=[
            (score, counts.get(score, 0), round(100 * counts.get(score, 0) / most))
            for score in (5, 4, 3, 2, 1)
        ],
    )


def latest_comments(now: datetime, resolver: "User | None" = None) -> list[Feedback]:
    """Read the latest of the same ratings that say something, with whose they are. One query."""
    shown = ("score", "comment", *(f"ticket__requester__{part}" for part in NAME))
    ratings = _ratings(_first_day(now)[1], resolver).exclude(comment="")
    saying = ratings.select_related("ticket__requester").only(*shown)
    return list(saying.order_by("-given_at", "-id")[:COMMENTS])


def _ratings(since: datetime, resolver: "User | None" = None) -> FeedbackQuerySet:
    recent = Feedback.objects.current().filter(given_at__gte=since, ticket__trashed_at=None)
    return recent if resolver is None else recent.filter(resolver=resolver)


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Answer between which shares the true one lies with 95 % confidence, from 0 to 1.

    The score interval of Wilson (1927): unlike the usual one it never leaves 0 to 1, and it stays honest
    for few answers. hits: of `number`, which is at least 1.
    """
    share, weight = hits / number, Z_95**2 / number
    centre = (share + weight / 2) / (1 + weight)
    half = Z_95 * sqrt(share * (1 - share) / number + weight / (4 * number)) / (1 + weight)
    return max(0.0, centre - half), min(1.0, centre + half)


def _median(durations: list[timedelta]) -> timedelta | None:
    if not durations:
        return None
    return timedelta(seconds=median(duration.total_seconds() for duration in durations))
