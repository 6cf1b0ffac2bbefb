"""A list's filters as chips: what it is narrowed by, in words, and the address without it.

Links need no script, and what one chooses is an address that can be kept.
"""

from typing import NamedTuple

from django.forms.utils import ErrorList


class Chip(NamedTuple):
    """A filter, and what it narrows by in words: "" for nothing.

    is_set: whether somebody has chosen that. without: the address's parameters of the list without this filter.
    verb: between label and value, "" for none.
    """

    name: str
    label: str
    value: str
    is_set: bool
    without: str
    errors: ErrorList | list[str]
    verb: str = "is"

    @property
    def sentence(self) -> str:
        return " ".join(filter(None, (self.label, self.verb, self.value)))


class Choice(NamedTuple):
    """only: the list's parameters with this choice alone. number: of its tickets, "" where nothing was counted."""

    code: str
    label: str
    only: str
    is_chosen: bool
    number: str = ""


class Menu(NamedTuple):
    """What can be chosen for a filter. kind: "codes", several of which may be chosen; "period"; "texts".

    kept: the list's other parameters. days: the first and the last day, as they are in the address.
    """

    name: str
    label: str
    kind: str
    choices: list[Choice]
    kept: list[tuple[str, str]]
    without: str
    days: tuple[str, str] = ("", "")
