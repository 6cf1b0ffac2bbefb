"""Finds what a text for the requester gives away of the notes written among those who work tickets."""

import re
from collections.abc import Iterable

from helpdesk.text.folding import fold

# Shorter ones are said by everybody: "Restarted it."
FEWEST_WORDS = 5


def repeated_sentences(text: str, notes: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Answer the first sentence of `text` that stands in a ticket's notes: ticket -> sentence. Case,
    spelling, Markdown and punctuation do not count.

    notes: each with its ticket's number; not read where no sentence of `text` is long enough.
    """
    said: dict[tuple[str, ...], tuple[int, str]] = {}
    for place, sentence in enumerate(_sentences(text)):
        words = _words(sentence)
        if len(words) >= FEWEST_WORDS:
            said.setdefault(words, (place, sentence.strip()))
    if not said:
        return {}
    found: dict[int, tuple[int, str]] = {}
    for ticket, note in notes:
        for sentence in _sentences(note):
            if again := said.get(_words(sentence)):
                found[ticket] = min(again, found.get(ticket, again))
    return {ticket: sentence for ticket, (_, sentence) in found.items()}


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text)


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(sentence)))
