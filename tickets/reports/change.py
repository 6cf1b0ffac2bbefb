"""What a figure has become since the period before, in words that stand below it."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from helpdesk.text.numbers import in_digits


def change_of_mean(now: float, before: float) -> str:
    """Say whence a mean rating came: "up from 3.7". Alike to the digit that is shown is unchanged."""
    shown, former = floatformat(now, 1), floatformat(before, 1)
    return _unchanged() if shown == former else _moved(former, now > before)


def change_of_percent(now: int, before: int) -> str:
    """Say whence a share came, in whole percent: "down from 81 %"."""
    return _unchanged() if now == before else _moved(_("%(percent)s %%") % {"percent": before}, now > before)


def change_of_number(now: int, before: int) -> str:
    """Say how many more or fewer there are: "12 fewer"."""
    if now == before:
        return _unchanged()
    number = in_digits(abs(now - before))
    if now > before:
        return ngettext("%(number)s more", "%(number)s more", now - before) % {"number": number}
    return ngettext("%(number)s fewer", "%(number)s fewer", before - now) % {"number": number}


def _moved(former: str, is_up: bool) -> str:
    return (_("up from %(former)s") if is_up else _("down from %(former)s")) % {"former": former}


def _unchanged() -> str:
    return pgettext("a figure, since the period before", "unchanged")
