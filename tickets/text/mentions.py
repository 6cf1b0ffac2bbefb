"""Finds colleagues named in an internal note: "@" and their address, or "@" and their full name, in any spelling
that is looked up alike.
"""

import re
from collections.abc import Collection, Iterable
from html import escape

from accounts.models import User
from helpdesk.text.folding import fold

# Further ones in one note are left alone: nobody names so many, and each is compared with every colleague.
MOST_MENTIONS = 50
COLLEAGUES_OFFERED = 8
# An "@" that begins a word; the one inside an address does not.
BEGINNING = re.compile(r"(?<![\w@.+-])@(?=\w)")
# In HTML: what is left alone, or an "@" that begins a word.
PARTS = re.compile(r"<(code|pre|a)\b.*?</\1>|<[^>]*>|(?<![\w@.+-])(?P<mention>@)", re.DOTALL)
# So many letters a name may be longer as somebody writes it than it is folded, which makes one letter of several
# signs: each of its letters may have marks of its own.
SIGNS_A_LETTER = 3


def mentioned_in(text: str) -> list[User]:
    """Answer the active people who can work tickets that `text` names, each once, in order of their keys.

    The longest name that fits is meant; two people of the same name both are. One query, none without "@".
    """
    places = [found.end() for found, _ in zip(BEGINNING.finditer(text), range(MOST_MENTIONS), strict=False)]
    if not places:
        return []
    by_name: dict[str, list[User]] = {}
    for person in User.objects.who_can_work_tickets().order_by("pk"):
        for name in names_of(person):
            by_name.setdefault(fold(name), []).append(person)
    found: dict[int, User] = {}
    for place in places:
        if name := _name_at(text, place, by_name):
            found |= {person.pk: person for person in by_name[name]}
    return [found[key] for key in sorted(found)]


def colleagues_like(text: str) -> list[User]:
    """Answer the first few active people who can work tickets and whose name or address holds `text`."""
    people = User.objects.who_can_work_tickets().named_like(text)
    return list(people.order_by("last_name", "first_name", "pk")[:COLLEAGUES_OFFERED])


def names_of(person: User) -> list[str]:
    """What may stand after the "@" for this person."""
    return [name for name in (person.email, " ".join(person.get_full_name().split())) if name]


def highlight(markup: str, people: Iterable[User]) -> str:
    """Mark the mentions of `people` in HTML that is already safe; links, code and tags stay as they are."""
    # An apostrophe may stand in HTML as it is or as a reference.
    names = {
        fold(escape(name, quote)) for person in people for name in names_of(person) for quote in (True, False)
    }
    pieces, end = [], 0
    for part in PARTS.finditer(markup):
        place = part.end()
        if part["mention"] and part.start() >= end and (name := _name_at(markup, place, names)):
            pieces += [markup[end : part.start()], '<mark class="hd-mention">']
            end = place + _length_of(name, markup[place : _reach(place, name)])
            pieces += [markup[part.start() : end], "</mark>"]
    return "".join([*pieces, markup[end:]])


def _name_at(text: str, place: int, names: Collection[str]) -> str:
    """Answer the longest of these folded names that stands at a place of `text`, or ""."""
    rest = fold(text[place : _reach(place, max(names, key=len, default=""))])
    fitting = (name for name in names if rest.startswith(name) and _ends(rest[len(name) :]))
    return max(fitting, key=len, default="")


def _reach(place: int, name: str) -> int:
    """Where a name that begins at `place` is over, however it is written."""
    return place + SIGNS_A_LETTER * len(name) + 2


def _length_of(name: str, text: str) -> int:
    """Answer how much of the beginning of `text` says this folded name, with the marks of its last letter."""
    return max(length for length in range(len(text) + 1) if fold(text[:length]) == name)


def _ends(rest: str) -> bool:
    """Say whether a name is over here, and not the beginning of a longer word."""
    return not re.match(r"\w|[.@+-]\w", rest)
