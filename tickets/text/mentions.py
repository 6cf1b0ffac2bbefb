"""Finds colleagues named in an internal note: "@" and their address, or "@" and their full name."""

import re
from collections.abc import Iterable
from html import escape

from accounts.models import User

# Further ones in one note are left alone: nobody names so many, and each is compared with every colleague.
MOST_MENTIONS = 50
COLLEAGUES_OFFERED = 8
# An "@" that begins a word; the one inside an address does not.
BEGINNING = re.compile(r"(?<![\w@.+-])@(?=\w)")


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
            by_name.setdefault(name.casefold(), []).append(person)
    longest = max(map(len, by_name), default=0)
    found: dict[int, User] = {}
    for place in places:
        rest = text[place : place + longest + 1].casefold()
        fitting = [name for name in by_name if rest.startswith(name) and _ends(rest[len(name) :])]
        if fitting:
            found |= {person.pk: person for person in by_name[max(fitting, key=len)]}
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
    names = sorted(
        {escape(name, quote) for person in people for name in names_of(person) for quote in (True, False)},
        key=len,
        reverse=True,
    )
    if not names:
        return markup
    either = "|".join(map(re.escape, names))
    parts = re.compile(
        r"<(code|pre|a)\b.*?</\1>|<[^>]*>|(?<![\w@.+-])(?P<mention>@(?:" + either + r")(?!\w))",
        re.DOTALL | re.IGNORECASE,
    )
    return parts.sub(
        lambda part: f'<mark class="hd-mention">{part[0]}</mark>' if part["mention"] else part[0], markup
    )


def _ends(rest: str) -> bool:
    """Say whether a name is over here, and not the beginning of a longer word."""
    return not re.match(r"\w|[.@+-]\w", rest)
