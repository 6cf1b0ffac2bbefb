"""A list's filters as chips: what it is narrowed by, in words, and a link for each other choice.

Links need no script, and what one chooses is an address that can be kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.forms import BoundField, Form


class Choice(NamedTuple):
    """query: the address's parameters of the list with this choice."""

    code: str
    label: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Chip:
    """A filter, what it narrows by in words ("" for nothing) and what else can be chosen.

    choices: empty where one types. kept: the other parameters, for a form of its own.
    """

    field: BoundField
    value: str
    choices: tuple[Choice, ...]
    kept: list[tuple[str, str]]


def chips_of(form: Form, params: Mapping[str, str], *, but: tuple[str, ...] = ()) -> list[Chip]:
    """Answer a chip for each field of the form.

    params: what the list is narrowed and sorted by, without what is empty. but: fields left out.
    """
    return [chip_of(field, params) for field in form if field.name not in but]


def in_words(params: Mapping[str, str], chips: list[Chip]) -> list[str]:
    """Say what other parameters narrow by: "Status is Open". chips: of the same form; no query."""
    said = [f"Search is {params['q']}"] if params.get("q") else []
    for chip in chips:
        if chosen := params.get(chip.field.name):
            labels = (choice.label for choice in chip.choices if choice.code == chosen)
            said.append(f"{chip.field.label} is {next(labels, chosen)}")
    return said


def chip_of(field: BoundField, params: Mapping[str, str]) -> Chip:
    chosen = params.get(field.name, "")
    kept = {name: value for name, value in params.items() if name != field.name}
    offered = [(str(code), str(label)) for code, label in getattr(field.field.widget, "choices", [])]
    # What is none of the choices is shown as it came, for the note beside it to be about something.
    value = dict(offered).get(chosen, chosen) if chosen else ""
    choices = tuple(
        Choice(code, label, urlencode(kept | ({field.name: code} if code else {})), code == chosen)
        for code, label in offered
    )
    return Chip(field, value, choices, list(kept.items()))
