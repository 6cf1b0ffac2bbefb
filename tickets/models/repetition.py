"""Finds what a public reply gives away of the notes written among those who work tickets."""

import re
from collections.abc import Iterable

# Shorter ones are said by everybody: "Restarted it."
FEWEST_WORDS = 5


def repeated_sentence(text: str, notes: Iterable[str]) -> str:
    """Answer the first sentence of `text` that stands in one of `notes`, or "". Case, Markdown and
    punctuation do not count.
    """
    noted = {tuple(_words(sentence)) for note in notes for sentence in _sentences(note)}
    for sentence in _sentences(text):
        words = _words(sentence)
        if len(words) >= FEWEST_WORDS and tuple(words) in noted:
            return sentence.strip()
    return ""


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text)


def _words(sentence: str) -> list[str]:
    return re.findall(r"[^\W_]+", sentence.casefold())
