"""What every page draws alike: icons, status, people, moments, stars. Built into all templates.

The one module that marks markup as safe; what it marks is its own constants, and a note that is escaped.
"""

from collections.abc import Hashable
from datetime import date, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.forms import Form
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from tickets.filters.chips import Choice
from tickets.models import HoldReason, Status, Ticket, TicketEvent
from tickets.text.markdown import html_of
from tickets.text.mentions import highlight

from .icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw the icon `name` of icons.py, hidden from screen readers: a word stands beside it."""
    return mark_safe(  # noqa: S308, constants of icons.py and of templates
        f'<svg class="hd-i {css}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


# As date_format would write them, without looking up the language for each.
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PILLS = {
    Status.OPEN: "new",
    Status.IN_PROGRESS: "progress",
    Status.ON_HOLD: "waiting",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "closed",
}


@lru_cache(maxsize=2048)
def _drawn(component: str, **values: Hashable) -> SafeString:
    """Render a component once for the same values: a list shows a few of them in every row."""
    return render_to_string(f"components/{component}.html", values)


@register.simple_tag
def status_of(ticket: Ticket, viewer: User | None = None) -> SafeString:
    """Draw a ticket's status. viewer: who reads it; the requester is told "Waiting for you"."""
    status = Status(ticket.status)
    if ticket.is_withdrawn:
        word = "Withdrawn"
    elif ticket.waits_for_requester and viewer is not None and viewer.pk == ticket.requester_id:
        word = "Waiting for you"
    else:
        word = str(status.label)
    return _drawn("_pill", css=PILLS[status], icon_name=f"s-{status.value}", word=word)


@register.simple_tag
def pill(status: str) -> SafeString:
    """Draw a status by its code."""
    return _drawn("_pill", css=PILLS[Status(status)], icon_name=f"s-{status}", word=str(Status(status).label))


@register.filter
def hold_reason(code: str) -> str:
    return HoldReason(code).label


@register.simple_tag
def avatar(person: User, size: str = "") -> SafeString:
    """Draw a person's initials. size: "s", "l" or empty."""
    return _avatar(str(person), (person.pk or 0) % 6, size)


@lru_cache(maxsize=2048)
def _avatar(name: str, tint: int, size: str) -> SafeString:
    words = name.split()
    initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
    return _drawn("_avatar", initials=initials, tint=tint, size=size)


@register.simple_tag
def who(person: User | None) -> SafeString:
    """Draw a person's initials and name; "Nobody" for None."""
    if person is None:
        return mark_safe("Nobody")
    return _drawn("_who", avatar=avatar(person, "s"), name=str(person))


@register.simple_tag
def stars(score: int, by: User | str = "You") -> SafeString:
    filled = tuple(place <= score for place in range(1, 6))
    return _drawn("_stars", filled=filled, score=score, by=str(by))


@register.simple_tag
def menu(choices: tuple[Choice, ...]) -> SafeString:
    """Draw what a filter can be set to, each a link."""
    return _menu(choices)


@lru_cache(maxsize=128)
def _menu(choices: tuple[Choice, ...]) -> SafeString:
    # Fewer are kept than of what is small: they are long, and hold what somebody searches for.
    return render_to_string("components/_menu.html", {"choices": choices})


@register.simple_tag
def bar(percent: int) -> SafeString:
    """Draw a bar of a table, from 0 to 100; the number itself stands beside it."""
    return _drawn("_bar", percent=percent)


@register.simple_tag
def actor(event: TicketEvent, viewer: User) -> SafeString:
    """Name who did it, as this person reads it."""
    if event.actor_id is None:
        return _bold("The system")
    return _bold("You" if event.actor_id == viewer.pk else str(event.actor))


@lru_cache(maxsize=2048)
def _bold(words: str) -> SafeString:
    return format_html("<b>{}</b>", words)


@register.simple_tag
def address(ticket_id: int, page: str = "change", **query: str) -> str:
    """Where a ticket's page in the console is, or one of its verbs. query: what it is to be told."""
    return _address(ticket_id, page, **query)


@lru_cache(maxsize=4096)
def _address(ticket_id: int, page: str, **query: str) -> str:
    where = reverse(f"admin:tickets_ticket_{page}", args=[ticket_id])
    return f"{where}?{urlencode(query)}" if query else where


@register.filter
def markdown(text: str) -> SafeString:
    """Show what somebody wrote, with the Markdown in it."""
    return mark_safe(html_of(text))  # noqa: S308, went through the allow-list of tickets/text/markdown.py


@register.filter
def duration(length: timedelta | None) -> str:
    """Say how long something took, in its two largest units: "3 d 4 h", "38 min"; a dash for nothing."""
    if length is None:
        return "–"
    minutes = round(length.total_seconds() / 60)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return f"{days} d {hours % 24} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


@register.filter
def ago(moment: datetime) -> str:
    """Say how long ago: "just now", "12 minutes ago"; after a week, the day."""
    passed = timezone.now() - moment
    minutes = passed // timedelta(minutes=1)
    if minutes < 1:
        return "just now"
    if passed.days >= 7:
        return day(moment)
    # Not timesince: it takes longer than the rest of a row.
    hours = minutes // 60
    number, unit = (passed.days, "day") if passed.days else (hours, "hour") if hours else (minutes, "minute")
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


@register.simple_tag
def time(moment: datetime, how: str = "minute") -> SafeString:
    """Draw a moment for people and machines. how: "minute" or "ago"."""
    local = _local(moment)
    words = ago(moment) if how == "ago" else _minute(local)
    return mark_safe(f'<time datetime="{local.isoformat()}">{words}</time>')  # noqa: S308, digits and months


@register.filter
def day(moment: datetime | date) -> str:
    local = _local(moment) if isinstance(moment, datetime) else moment
    return f"{local.day} {MONTHS[local.month]} {local.year}"


@register.filter
def minute(moment: datetime) -> str:
    return _minute(_local(moment))


def _local(moment: datetime) -> datetime:
    """In the zone of the installation, which is everybody's: looking for a person's takes longer than this."""
    return moment.astimezone(timezone.get_default_timezone())


def _minute(local: datetime) -> str:
    return f"{local.day} {MONTHS[local.month]} {local.year}, {local.hour:02}:{local.minute:02}"


@register.filter
def highlighted(text: str, people: list[User]) -> SafeString:
    """Mark whom an internal note mentions. text: words to escape, or HTML that is safe already."""
    return mark_safe(highlight(conditional_escape(text), people))  # noqa: S308, escaped; adds <mark> alone


@register.simple_tag
def error_count(form: Form) -> int:
    return sum(len(errors) for errors in form.errors.values())
