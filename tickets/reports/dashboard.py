"""The numbers on the console's front page."""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from accounts.models import User
from helpdesk.templatetags.interface import duration
from helpdesk.text.numbers import in_digits

from ..filters.console import NOBODY, REQUESTER_ANSWERED_LIST
from ..models import Status, Ticket, TicketQuerySet
from ..models.ticket.queryset import REQUESTER_ANSWERED
from .cache import ReportCache, state_of_the_log
from .chart import Series, bar_chart
from .response_times import DAYS, MOST_TICKETS, Pace, pace
from .satisfaction import latest_comments, satisfaction

# Tickets not yet resolved are counted up to this.
MOST_UNSOLVED = 10_000
MOST_LOADS = 12
OPENED, RESOLVED = Series("hd-f1", 2, 9), Series("hd-f2", 12, 9)

cache = ReportCache()


def dashboard(user: User, whose: str) -> dict[str, Any]:
    """Answer what the page shows beside its lists, by name. Three queries, six after anything happened.

    user: sees every ticket, as everybody who enters the console does; what is counted is kept for all of
    them. whose: "me" for the ratings of what one solved oneself, anything else for everybody's.
    """
    now, state, shown = timezone.now(), state_of_the_log(), numbers(user)
    resolver = user if whose == "me" else None
    ratings = shown["satisfaction"]
    if resolver:
        ratings = cache.answer(state, ("ratings", user.pk), lambda: satisfaction(now, resolver))
    return {
        **shown,
        "ratings": ratings,
        "comments": latest_comments(now, resolver),
        "whose": whose,
    }


def numbers(user: User) -> dict[str, Any]:
    """Answer what of it changes with the tickets, and the chart. One query, four after anything happened."""
    now, state = timezone.now(), state_of_the_log()
    recent = cache.answer(state, "recent", lambda: pace(now))
    counted = Unsolved(cache.answer(state, "unsolved", count_unsolved), user)
    return {
        "figures": counted.figures(),
        "loads": counted.loads(),
        "pace": recent,
        "pace_figures": pace_figures(recent),
        "chart": cache.answer(state, ("chart", get_language()), lambda: _chart(recent)),
        "satisfaction": cache.answer(state, ("ratings", None), lambda: satisfaction(now)),
        "first_day": recent.days[0].day.isoformat(),
        "days": DAYS,
        "has_tickets": not state.is_empty,
    }


def pace_figures(recent: Pace) -> list[tuple[str, str, str, str]]:
    """Each figure's name, the filter that finds what it counts, the number, and what it is of."""
    since, week = recent.days[0].day, recent.resolved_this_week
    opened = f"status=all&opened_from={since}"
    median = ngettext("median, %(days)d day", "median, %(days)d days", DAYS) % {"days": DAYS}
    resolved = in_digits(min(week, MOST_TICKETS))
    resolved += "+" if week > MOST_TICKETS else ""
    return [
        (gettext("First answer"), f"{opened}&answered=true", duration(recent.first_answer), median),
        (gettext("Resolution"), f"{opened}&resolved_from={since}", duration(recent.resolution), median),
        (gettext("Resolved"), "status=all&resolved=this-week", resolved, gettext("this week")),
    ]


def short_lists(tickets: TicketQuerySet[Ticket], user: User, size: int) -> tuple[list[Ticket], list[Ticket]]:
    """Read a few tickets assigned to this person, latest change first, and a few open ones of nobody,
    oldest first. One query.
    """
    mine = tickets.assigned_to(user).unsolved().order_by("-updated_at", "-id")
    free = tickets.filter(status=Status.OPEN).unassigned().order_by("created_at", "id")
    few = [Ticket.objects.filter(pk__in=some.values("pk")[:size]).values("pk") for some in (mine, free)]
    # Together, not either with an "or", for which PostgreSQL reads every ticket.
    both = list(Ticket.objects.filter(pk__in=few[0].union(few[1], all=True)).with_people())
    return (
        sorted((t for t in both if t.assignee_id), key=lambda t: (t.updated_at, t.pk), reverse=True),
        sorted((t for t in both if not t.assignee_id), key=lambda t: (t.created_at, t.pk)),
    )


class Group(NamedTuple):
    """Tickets that are counted alike. answered: by their requester, who waits since."""

    assignee: int | None
    status: str
    answered: bool
    number: int


def count_unsolved() -> list[Group]:
    """Count the tickets not yet resolved by what tells Groups apart, up to MOST_UNSOLVED. One query."""
    bounded = Ticket.objects.present().unsolved().order_by().values("pk")[: MOST_UNSOLVED + 1]
    # What is counted was chosen by the slice; a slice cannot be grouped.
    chosen = Ticket.objects.filter(pk__in=bounded).order_by()
    told_apart = chosen.annotate(answered=ExpressionWrapper(REQUESTER_ANSWERED, BooleanField()))
    groups = told_apart.values_list("assignee", "status", "answered").annotate(Count("pk"))
    return [Group(*group) for group in groups]


class Load(NamedTuple):
    """How much somebody has to do. name: "Nobody" for what nobody took. query: the list of it.
    percent: of what the busiest has.
    """

    name: str
    query: str
    number: int
    percent: int


class Unsolved:
    """The tickets not yet resolved, as count_unsolved counts them, for a reader."""

    def __init__(self, groups: list[Group], user: User) -> None:
        self._groups, self._user = groups, user
        self._more = "+" if sum(group.number for group in groups) > MOST_UNSOLVED else ""

    def figures(self) -> list[tuple[str, str, str]]:
        """Each figure's name, the filter it leads to, and the number."""
        mine, open_, hold = self._user.pk, Status.OPEN, Status.ON_HOLD
        return [
            (
                gettext("Requester answered"),
                REQUESTER_ANSWERED_LIST,
                self._sum(lambda group: group.answered),
            ),
            (
                gettext("Unassigned"),
                "status=open&assignee=nobody",
                self._sum(lambda group: group.status == open_ and group.assignee is None),
            ),
            (
                gettext("Mine"),
                "assignee=me&status=unsolved",
                self._sum(lambda group: group.assignee == mine),
            ),
            (gettext("On hold"), "status=on_hold", self._sum(lambda group: group.status == hold)),
        ]

    def loads(self) -> list[Load]:
        """What each assignee has, most first, at most MOST_LOADS people. One query, for their names."""
        numbers: Counter[int | None] = Counter()
        for group in self._groups:
            numbers[group.assignee] += group.number
        people = [who for who in numbers if who is not None]
        names = {None: gettext("Nobody"), **User.objects.filter(pk__in=people).names()}
        busiest = sorted(numbers.items(), key=lambda load: (-load[1], names[load[0]]))[:MOST_LOADS]
        most = busiest[0][1] if busiest else 1
        return [
            Load(names[who], f"assignee={who or NOBODY}&status=unsolved", number, round(100 * number / most))
            for who, number in busiest
        ]

    def _sum(self, counts: Callable[[Group], bool]) -> str:
        number = sum(group.number for group in self._groups if counts(group))
        return f"{in_digits(number)}{self._more}"


def _chart(recent: Pace) -> str:
    """Draw what was opened and resolved each day, and its table: numbers and days alone."""
    numbers = [(day.day, (day.opened, day.resolved)) for day in recent.days]
    chart = bar_chart((OPENED, RESOLVED), numbers, label_every=5)
    told = {"chart": chart, "days": DAYS, "pace": recent, "most_tickets": MOST_TICKETS}
    return render_to_string("admin/tickets/dashboard/_opened_and_resolved.html", told)
