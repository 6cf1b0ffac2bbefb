"""Says whether a reply is nothing but a thank-you: it should not call anybody back to work."""

import re
import unicodedata

LONGEST = 200


def is_bare_thanks(text: str, phrases: set[str], names: str = "") -> bool:
    """Say whether `text` consists of `phrases` alone, in any order and number.

    phrases: as `plain` writes them. names: of whom it may be addressed to; their words may be in it, too.
    Case, punctuation, pictograms and white space do not count.
    """
    if len(text) > LONGEST or not (words := plain(text).split()):
        return False
    known = sorted((phrase.split() for phrase in phrases if phrase), key=len, reverse=True)
    addressed, thanked = set(plain(names).split()), False
    while words:
        if phrase := next((phrase for phrase in known if words[: len(phrase)] == phrase), None):
            words, thanked = words[len(phrase) :], True
        elif words[0] in addressed:
            words = words[1:]
        else:
            return False
    return thanked


def plain(text: str) -> str:
    """Lower case, letters and digits only, one space between words."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w]|_", " ", text.replace("'", "").replace("’", "")).split())
