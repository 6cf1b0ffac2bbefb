"""What requesters thought: of late, week by week, by request type and by who resolved the ticket."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.managers import NAME

from ..models import Feedback
from ..models.feedback import FeedbackQuerySet
from .change import change_of_mean, change_of_number, change_of_percent
from .response_times import first_day
from .statistics import wilson

if TYPE_CHECKING:
    from accounts.models import User

WEEKS = 12
# Scores from which on a rating counts as content.
CONTENT = 4
# With fewer answers nobody is compared: chance would decide.
FEWEST = 5
# No report reads more ratings than this; beyond it, it is of the newest and the page says so.
MOST_RATINGS = 20_000
COMMENTS = 3


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
    ratings = _ratings(first_day(now)[1], resolver)
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
    ratings = _ratings(first_day(now)[1], resolver).exclude(comment="")
    saying = ratings.select_related("ticket__requester").only(*shown)
    return list(saying.order_by("-given_at", "-id")[:COMMENTS])


def _ratings(since: datetime, resolver: "User | None" = None) -> FeedbackQuerySet:
    recent = counted(since)
    return recent if resolver is None else recent.filter(resolver=resolver)


@dataclass
class Ratings:
    """Ratings that belong together. scores: score -> how many. before: the same of the period before; None where
    there is nothing to compare with.
    """

    name: str
    scores: Counter[int] = field(default_factory=Counter)
    before: "Ratings | None" = None

    @property
    def number(self) -> int:
        return self.scores.total()

    @property
    def mean(self) -> float | None:
        return (
            sum(score * times for score, times in self.scores.items()) / self.number if self.number else None
        )

    @property
    def content(self) -> int:
        return sum(times for score, times in self.scores.items() if score >= CONTENT)

    @property
    def percent(self) -> int:
        return round(100 * self.content / self.number) if self.number else 0

    @property
    def interval(self) -> tuple[int, int] | None:
        """Between which percentages the share of the content lies (95 %); None without an answer."""
        if not self.number:
            return None
        low, high = wilson(self.content, self.number)
        return round(100 * low), round(100 * high)

    @property
    def is_enough(self) -> bool:
        return self.number >= FEWEST

    @property
    def has_too_few_before(self) -> bool:
        """Whether the period before has ratings too few for its mean and share to be compared."""
        return self.before is not None and self.is_enough and not self.before.is_enough

    @property
    def number_change(self) -> str:
        """How many more or fewer than before, in words; empty without a period before."""
        return "" if self.before is None else change_of_number(self.number, self.before.number)

    @property
    def mean_change(self) -> str:
        """Whence the mean came, in words; empty where it is not compared."""
        before = self._comparable
        return change_of_mean(self.mean or 0, before.mean or 0) if before else ""

    @property
    def percent_change(self) -> str:
        """Whence the share of the content came, in words; empty where it is not compared."""
        before = self._comparable
        return change_of_percent(self.percent, before.percent) if before else ""

    @property
    def _comparable(self) -> "Ratings | None":
        before = self.before
        return before if before is not None and self.is_enough and before.is_enough else None


@dataclass
class Week:
    """monday: its first day."""

    monday: date
    ratings: Ratings


@dataclass
class Compared:
    """ranked: those with enough answers, by the lower end of their interval; few: the others, by name."""

    ranked: list[Ratings]
    few: list[Ratings]


@dataclass
class Report:
    """is_partial: of the newest MOST_RATINGS alone, and so compared with nothing. is_compared: each of its Ratings has
    one `before`.
    """

    everything: Ratings
    types: Compared
    resolvers: Compared
    is_partial: bool
    is_compared: bool


@dataclass
class _Groups:
    """Ratings of one stretch of time, together and by what tells them apart."""

    everything: Ratings
    types: dict[Any, Ratings]
    resolvers: dict[Any, Ratings]

    @property
    def is_partial(self) -> bool:
        return self.everything.number > MOST_RATINGS

    def compare(self, before: "_Groups") -> None:
        """Put to each Ratings what it was before; what is new had none."""
        self.everything.before = before.everything
        for now, former in ((self.types, before.types), (self.resolvers, before.resolvers)):
            for key, ratings in now.items():
                ratings.before = former.get(key) or Ratings(ratings.name)


def counted(start: datetime | None = None) -> FeedbackQuerySet:
    """The ratings that count: current ones of tickets that are there. start: from then on; None is always."""
    ratings = Feedback.objects.that_count()
    return ratings if start is None else ratings.filter(given_at__gte=start)


def report(start: datetime | None, before: datetime | None = None) -> Report:
    """Compare the ratings since `start`; None for all. One query, of the newest MOST_RATINGS.

    before: when the period began that ended at `start`, to compare with: one query more. None for no comparison.
        Nothing is compared where either holds more than MOST_RATINGS.
    """
    now = _grouped(counted(start))
    is_compared = False
    if start is not None and before is not None and not now.is_partial:
        former = _grouped(counted(before).filter(given_at__lt=start))
        if is_compared := not former.is_partial:
            now.compare(former)
    return Report(
        now.everything,
        _compared(now.types.values()),
        _compared(now.resolvers.values()),
        is_partial=now.is_partial,
        is_compared=is_compared,
    )


def _grouped(ratings: FeedbackQuerySet) -> _Groups:
    newest = ratings.order_by("-given_at", "-id").values("pk")[: MOST_RATINGS + 1]
    columns = (
        "ticket__request_type__name",
        "resolver",
        "resolver__first_name",
        "resolver__last_name",
        "score",
    )
    groups = Feedback.objects.filter(pk__in=newest).order_by().values_list(*columns).annotate(Count("pk"))
    found = _Groups(Ratings(_("All")), {}, {})
    for type_name, resolver, first, last, score, number in groups:
        who = "" if resolver is None else f"{first} {last}".strip()
        found.everything.scores[score] += number
        found.types.setdefault(type_name, Ratings(type_name)).scores[score] += number
        found.resolvers.setdefault(resolver, Ratings(who or _("Nobody by name"))).scores[score] += number
    return found


def weeks(now: datetime) -> list[Week]:
    """The ratings of the last WEEKS weeks, each from Monday on, oldest first. One query."""
    today = timezone.localdate(now)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    found = {monday: Week(monday, Ratings(str(monday))) for monday in mondays}
    newest = counted(start).order_by("-given_at", "-id").values("pk")[:MOST_RATINGS]
    groups = Feedback.objects.filter(pk__in=newest).annotate(week=TruncWeek("given_at"))
    for week, score, number in groups.order_by().values_list("week", "score").annotate(Count("pk")):
        monday = timezone.localdate(week)
        # A clock that went back: what is of next week is not drawn.
        if monday in found:
            found[monday].ratings.scores[score] += number
    return list(found.values())


def _compared(groups: Iterable[Ratings]) -> Compared:
    ranked = [ratings for ratings in groups if ratings.is_enough]
    ranked.sort(key=lambda ratings: (-wilson(ratings.content, ratings.number)[0], ratings.name))
    few = sorted((ratings for ratings in groups if not ratings.is_enough), key=lambda ratings: ratings.name)
    return Compared(ranked, few)
