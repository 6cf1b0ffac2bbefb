"""The numbers on the console's front page."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count
from django.utils import timezone

from .filters import NOBODY
from .models import Status, Ticket, TicketQuerySet
from .reports import DAYS, MOST_TICKETS, Day, pace, satisfaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

# Tickets not yet resolved are counted up to this.
MOST_UNSOLVED = 10_000
MOST_LOADS = 12
# The chart, in units of its own: one day is STEP wide, the highest bar HIGH.
STEP, HIGH, BAR = 24, 120, 9


class Bars(NamedTuple):
    """A day of the chart. x, y, height: where its two bars are drawn; label: written under it, or ""."""

    day: Day
    label: str
    opened_x: int
    opened_y: int
    opened_height: int
    resolved_x: int
    resolved_y: int
    resolved_height: int


def dashboard(tickets: TicketQuerySet, user: "User", whose: str) -> dict[str, Any]:
    """Answer what the page shows beside its lists, by name. Four queries, each bounded.

    tickets: those the person may see, without the trash. whose: "me" for the ratings of what one solved
    oneself, anything else for everybody's.
    """
    now = timezone.now()
    recent = pace(now)
    return {
        **unsolved(tickets, user),
        "pace": recent,
        "chart": _chart(recent.days),
        "satisfaction": satisfaction(now, user if whose == "me" else None),
        "whose": whose,
        "days": DAYS,
        "most_tickets": MOST_TICKETS,
    }


def unsolved(tickets: TicketQuerySet, user: "User") -> dict[str, Any]:
    """Answer the page's numbers of what is not yet resolved, by name. One query."""
    counted = Unsolved(tickets, user)
    return {"figures": counted.figures(), "loads": counted.loads()}


class Load(NamedTuple):
    """How much somebody has to do. name: "Nobody" for what nobody took. query: the list of it.
    percent: of what the busiest has.
    """

    name: str
    query: str
    number: int
    percent: int


class Unsolved:
    """The tickets not yet resolved, counted by assignee and status up to MOST_UNSOLVED. One query."""

    def __init__(self, tickets: TicketQuerySet, user: "User") -> None:
        bounded = tickets.unsolved().order_by().values("pk")[: MOST_UNSOLVED + 1]
        # Ticket.objects: what is counted was chosen by the slice; a slice cannot be grouped.
        groups = Ticket.objects.filter(pk__in=bounded).order_by()
        names = ("assignee", "assignee__first_name", "assignee__last_name", "assignee__email", "status")
        self._groups = list(groups.values_list(*names).annotate(Count("pk")))
        self._user = user
        self._more = "+" if sum(group[-1] for group in self._groups) > MOST_UNSOLVED else ""

    def figures(self) -> list[tuple[str, str, str]]:
        """Each figure's name, the filter it leads to, and the number."""
        mine, open_, hold = self._user.pk, Status.OPEN, Status.ON_HOLD
        return [
            ("Open", "status=open", self._sum(lambda who, status: status == open_)),
            (
                "Unassigned open",
                "status=open&assignee=nobody",
                self._sum(lambda who, status: status == open_ and who is None),
            ),
            ("Assigned to me", "assignee=me&status=unsolved", self._sum(lambda who, status: who == mine)),
            ("On hold", "status=on_hold", self._sum(lambda who, status: status == hold)),
        ]

    def loads(self) -> list[Load]:
        """What each assignee has, most first, at most MOST_LOADS people."""
        numbers: dict[tuple[Any, str], int] = {}
        for who, first, last, email, _, number in self._groups:
            name = "Nobody" if who is None else f"{first} {last}".strip() or email
            numbers[who, name] = numbers.get((who, name), 0) + number
        busiest = sorted(numbers.items(), key=lambda load: (-load[1], load[0][1]))[:MOST_LOADS]
        most = busiest[0][1] if busiest else 1
        return [
            Load(name, f"assignee={who or NOBODY}&status=unsolved", number, round(100 * number / most))
            for (who, name), number in busiest
        ]

    def _sum(self, counts: "Callable[[int | None, str], bool]") -> str:
        number = sum(group[-1] for group in self._groups if counts(group[0], group[4]))
        return f"{number:,}{self._more}"


def _chart(days: list[Day]) -> list[Bars]:
    most = max((max(day.opened, day.resolved) for day in days), default=0) or 1
    bars = []
    for place, day in enumerate(days):
        opened, resolved = round(HIGH * day.opened / most), round(HIGH * day.resolved / most)
        left = STEP * place + 2
        label = f"{day.day.day} {day.day:%b}" if place % 5 == 0 else ""
        bars.append(Bars(day, label, left, HIGH - opened, opened, left + BAR + 1, HIGH - resolved, resolved))
    return bars
