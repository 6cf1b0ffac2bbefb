"""What every page draws alike: icons, people, moments, stars, bars. Built into all templates.

What it marks as safe is its own constants.
"""

import re
import uuid
from collections.abc import Hashable, Iterable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.forms import Form
from django.forms.utils import flatatt
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from .icons import ICONS

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User

register = template.Library()


@register.simple_tag(name="csrf_token", takes_context=True)
def form_tokens(context: template.Context, token: object = "") -> SafeString:
    """Draw what every form carries: Django's own token, and one that names this copy of the form.

    token: of a form that has one already, and keeps it when it is shown again; else it gets one.
    """
    djangos = mark_safe(CsrfTokenNode().render(context))  # noqa: S308, its own
    request = getattr(context, "request", None)
    if not djangos or request is None or not request.user.is_authenticated:
        # What guests send twice is not known for theirs.
        return djangos
    own = escape(token) if token else uuid.uuid4()
    return mark_safe(f'{djangos}<input type="hidden" name="token" value="{own}">')  # noqa: S308, escaped


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw the icon `name` of icons.py, hidden from screen readers: a word stands beside it."""
    return mark_safe(  # noqa: S308, constants of icons.py and of templates
        f'<svg class="hd-i {css}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


def drawn(component: str, **values: Hashable) -> SafeString:
    """Render a component once for the same values and language: a list shows a few of them in every row."""
    return _drawn(component, get_language(), **values)


@lru_cache(maxsize=2048)
def _drawn(component: str, language: str | None, **values: Hashable) -> SafeString:
    return render_to_string(f"components/{component}.html", values)


@register.simple_tag
def avatar(person: "User", size: str = "") -> SafeString:
    """Draw a person's initials. size: "s", "l" or empty."""
    words = str(person).split()
    initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
    return drawn("_avatar", initials=initials, tint=(person.pk or 0) % 6, size=size)


@register.simple_tag
def who(person: "User | None") -> SafeString:
    """Draw a person's initials and name; "Nobody" for None."""
    if person is None:
        return escape(gettext("Nobody"))
    return drawn("_who", avatar=avatar(person, "s"), name=str(person))


@register.simple_tag
def stars(score: int, by: "User | str" = "") -> SafeString:
    """Draw a score. by: who gave it; empty for the reader."""
    filled = tuple(place <= score for place in range(1, 6))
    return drawn("_stars", filled=filled, score=score, by=str(by))


@register.simple_tag
def bar(percent: int) -> SafeString:
    """Draw a bar of a table, from 0 to 100; the number itself stands beside it."""
    return drawn("_bar", percent=percent)


@register.filter
def duration(length: timedelta | None) -> str:
    """Say how long something took, in its two largest units: "3 d 4 h", "38 min"; a dash for nothing."""
    if length is None:
        return "–"
    minutes = round(length.total_seconds() / 60)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return gettext("%(days)d d %(hours)d h") % {"days": days, "hours": hours % 24}
    if hours:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    return gettext("%(minutes)d min") % {"minutes": minutes}


@register.filter
def ago(moment: datetime) -> str:
    """Say how long ago: "just now", "12 minutes ago"; after a week, the day."""
    passed = timezone.now() - moment
    minutes = passed // timedelta(minutes=1)
    if minutes < 1:
        return gettext("just now")
    if passed.days >= 7:
        return day(moment)
    # Not timesince: it takes longer than the rest of a row.
    if days := passed.days:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    if hours := minutes // 60:
        return ngettext("%(hours)d hour ago", "%(hours)d hours ago", hours) % {"hours": hours}
    return ngettext("%(minutes)d minute ago", "%(minutes)d minutes ago", minutes) % {"minutes": minutes}


@register.simple_tag
def time(moment: datetime, how: str = "minute") -> SafeString:
    """Draw a moment for people and machines, with the minute for who points at it.

    how: "minute"; "ago"; "day" for a list: "today 14:48", "yesterday", and then the day alone.
    """
    local, exact = _local(moment), minute(moment)
    if how == "ago":
        words = ago(moment)
    else:
        passed = timezone.localdate().toordinal() - local.toordinal()
        if passed == 0:
            words = gettext("today %(clock)s") % {"clock": _clock(local)}
        elif passed == 1 and how == "day":
            words = gettext("yesterday")
        elif passed == 1:
            words = gettext("yesterday %(clock)s") % {"clock": _clock(local)}
        else:
            words = day(moment) if how == "day" else exact
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, words)


@register.filter
def day(moment: datetime | date) -> str:
    """Write a day as the language does: "3 Mar 2027"."""
    local = _local(moment).date() if isinstance(moment, datetime) else moment
    return _day(local, get_language())


@register.filter
def minute(moment: datetime) -> str:
    """Write a moment as the language does: "3 Mar 2027, 14:48"."""
    local = _local(moment)
    return gettext("%(day)s, %(clock)s") % {"day": day(local.date()), "clock": _clock(local)}


def _local(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_current_timezone())


def _clock(local: datetime) -> str:
    return _time(local.hour, local.minute, get_language())


# Django takes its time to write either, and a list has many of the same few.
@lru_cache(maxsize=1024)
def _day(local: date, language: str | None) -> str:
    return date_format(local)


@lru_cache(maxsize=2 * 24 * 60)
def _time(hour: int, minute: int, language: str | None) -> str:
    return time_format(clock_time(hour, minute))


@register.simple_tag
def listed(*parts: str) -> str:
    """Name several things in one sentence: "this and that". parts: empty ones are left out."""
    named = [part for part in parts if part]
    return reduce(_and, named) if named else ""


def _and(first: str, second: str) -> SafeString:
    return format_html(pgettext("two of a list", "{first} and {second}"), first=first, second=second)


@register.simple_tag
def time_zone() -> str:
    """Name the zone of all moments on this page, such as "Europe/Berlin"."""
    return timezone.get_current_timezone_name()


@register.filter
def linked(text: str) -> SafeString:
    """Make links of the help desk's own addresses in a mail, and of no others: what somebody calls themselves must
    not become a link in a mail of ours.
    """
    parts = re.split(rf"({re.escape(settings.SITE_URL)}/\S*)", text)
    drawn_parts = (
        format_html('<a href="{0}">{0}</a>', part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return mark_safe("".join(drawn_parts))  # noqa: S308, each part was escaped


@register.filter
def attributes(values: dict[str, object]) -> SafeString:
    """Write the attributes of a form's field: True as a name alone, False and None not at all."""
    return flatatt(values)


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """Write the choices of a select. Django's own templates take as long for them as for the rest of a page.

    groups: as django.forms.widgets.ChoiceWidget.optgroups() answers them; a choice outside any has None.
    """
    drawn_groups = []
    for group, choices, _ in groups:
        rows = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((one["value"], " selected" if one["selected"] else "", one["label"]) for one in choices),
        )
        drawn_groups.append(format_html('<optgroup label="{}">{}</optgroup>', group, rows) if group else rows)
    return mark_safe("".join(drawn_groups))  # noqa: S308, each part was escaped


@register.simple_tag
def error_count(form: Form) -> int:
    return sum(len(errors) for errors in form.errors.values())
