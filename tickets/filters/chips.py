"""A list's filters as chips: what it is narrowed by, in words, and the address without it.

Links need no script, and what one chooses is an address that can be kept.
"""

from typing import TYPE_CHECKING, NamedTuple

from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Chip(NamedTuple):
    """A filter, and what it narrows by in words: "" for nothing.

    is_set: whether somebody has chosen that. without: the address's parameters of the list without this filter.
    verb: between label and value, "" for none. pattern: what all three make together.
    """

    name: str
    label: "StrOrPromise"
    value: str
    is_set: bool
    without: str
    errors: ErrorList | list[str]
    verb: "StrOrPromise" = pgettext_lazy("between a filter and its value", "is")
    pattern: "StrOrPromise" = _("%(filter)s is %(value)s")

    @property
    def sentence(self) -> str:
        return str(self.pattern) % {"filter": self.label, "value": self.value}


class Choice(NamedTuple):
    """only: the list's parameters with this choice alone. number: of its tickets, "" where nothing was counted."""

    code: str
    label: "StrOrPromise"
    only: str
    is_chosen: bool
    number: str = ""


class Menu(NamedTuple):
    """What can be chosen for a filter. kind: "codes", several of which may be chosen; "period"; "texts".

    kept: the list's other parameters. days: the first and the last day, as they are in the address.
    """

    name: str
    label: "StrOrPromise"
    kind: str
    choices: list[Choice]
    kept: list[tuple[str, str]]
    without: str
    days: tuple[str, str] = ("", "")
