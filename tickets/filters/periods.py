"""Stretches of time a list can be narrowed to: as words, and as days, in the zone moments are shown in."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.web.query_params import bounded_day

# What the address calls a stretch of time -> in words.
PERIODS = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "this-week": _("This week"),
    "7-days": _("Last 7 days"),
    "30-days": _("Last 30 days"),
    "this-month": _("This month"),
    "over-7-days": _("More than 7 days ago"),
    "over-30-days": _("More than 30 days ago"),
    "over-90-days": _("More than 90 days ago"),
}


def within(column: str, code: str) -> Q:
    """Narrow to those whose moment in `column` lies in a stretch of PERIODS."""
    now, today = timezone.now(), timezone.localdate()
    match code:
        case "today":
            return Q(**{f"{column}__gte": midnight(today)})
        case "yesterday":
            return between(column, today - timedelta(days=1), today - timedelta(days=1))
        case "this-week":
            return Q(**{f"{column}__gte": midnight(today - timedelta(days=today.weekday()))})
        case "this-month":
            return Q(**{f"{column}__gte": midnight(today.replace(day=1))})
    is_older, days = code.startswith("over-"), int(code.removeprefix("over-").removesuffix("-days"))
    return Q(**{f"{column}__{'lt' if is_older else 'gte'}": now - timedelta(days=days)})


def between(column: str, first: date | None, last: date | None) -> Q:
    """Narrow to those whose moment in `column` lies between two days, both included; None for no bound."""
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{column}__gte": midnight(bounded_day(first))})
    if last is not None:
        condition &= Q(**{f"{column}__lt": midnight(bounded_day(last) + timedelta(days=1))})
    return condition


def midnight(day: date) -> datetime:
    """When a day begins, in the zone moments are shown in."""
    return timezone.make_aware(datetime.combine(day, time.min))
