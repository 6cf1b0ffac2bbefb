"""The numbers on the console's front page."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from .models import Status, TicketQuerySet
from .reports import DAYS, MOST_TICKETS, Day, pace, satisfaction

if TYPE_CHECKING:
    from accounts.models import User

# Tickets not yet resolved are counted up to this.
MOST_UNSOLVED = 10_000
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
        "figures": _figures(tickets, user),
        "pace": recent,
        "chart": _chart(recent.days),
        "satisfaction": satisfaction(now, user if whose == "me" else None),
        "whose": whose,
        "days": DAYS,
        "most_tickets": MOST_TICKETS,
    }


def _figures(tickets: TicketQuerySet, user: "User") -> list[tuple[str, str, str]]:
    """Each figure's name, the filter it leads to, and the number. One query."""
    is_open, unassigned = Q(status=Status.OPEN), Q(assignee=None)
    numbers = (
        tickets.unsolved()
        .order_by()[: MOST_UNSOLVED + 1]
        .aggregate(
            all=Count("pk"),
            open=Count("pk", filter=is_open),
            unassigned=Count("pk", filter=is_open & unassigned),
            mine=Count("pk", filter=Q(assignee=user)),
            on_hold=Count("pk", filter=Q(status=Status.ON_HOLD)),
        )
    )
    more = "+" if numbers["all"] > MOST_UNSOLVED else ""
    return [
        (label, query, f"{numbers[name]:,}{more}")
        for label, query, name in (
            ("Open", "status=open", "open"),
            ("Unassigned open", "status=open&assignee=nobody", "unassigned"),
            ("Assigned to me", "assignee=me&status=unsolved", "mine"),
            ("On hold", "status=on_hold", "on_hold"),
        )
    ]


def _chart(days: list[Day]) -> list[Bars]:
    most = max((max(day.opened, day.resolved) for day in days), default=0) or 1
    bars = []
    for place, day in enumerate(days):
        opened, resolved = round(HIGH * day.opened / most), round(HIGH * day.resolved / most)
        left = STEP * place + 2
        label = f"{day.day.day} {day.day:%b}" if place % 5 == 0 else ""
        bars.append(Bars(day, label, left, HIGH - opened, opened, left + BAR + 1, HIGH - resolved, resolved))
    return bars
