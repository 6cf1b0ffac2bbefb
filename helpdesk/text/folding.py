"""Two ways to write a text so that it is found again: the one that is kept, and the one that is compared.

Tickets, people and comments are kept in NFC, as keyboards write it (Unicode Standard Annex 15). Whoever looks
something up compares what is folded.
"""

import re
import unicodedata
from collections.abc import Callable

# Letters that Unicode takes for letters of their own, and people without them on their keyboard do not.
LIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    # The same letters from Persian, Urdu and Arabic keyboards, and an ending that is written either way.
    | {"ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ة": "ه", "ґ": "г"}
    # What keyboards, phones and word processors write for an apostrophe and for a hyphen.
    | dict.fromkeys("\u2018\u2019\u02bb\u02bc\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
# Drawn as nothing, or as a longer line, though Unicode counts them as letters or marks: Hangul fillers, joiners
# and selectors of forms, and the stroke that stretches an Arabic word.
UNSEEN = frozenset("\u034f\u0640\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}
# No language sets more marks on a letter (UAX 15, section 13.1: the stream-safe text format). Sorting them, as
# normalising does, takes time by the square of their number.
MOST_MARKS = 30
_MARKS = "".join(chr(code) for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))
_TOO_MANY_MARKS = re.compile(f"([{re.escape(_MARKS)}]{{{MOST_MARKS + 1},}})")


def composed(text: str) -> str:
    """Write `text` as it is kept: "ё" is one letter, however it was typed.

    More than MOST_MARKS marks in a row stay as they came.
    """
    if text.isascii():
        return text
    parts = _TOO_MANY_MARKS.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


def fold(text: str) -> str:
    """Write `text` as it is looked up; what looks alike to somebody in a hurry is alike.

    Case, diacritics, wide and other forms for display, letters nobody sees, a final sigma, "ß" for "ss", "ø" for
    "o", digits of other scripts and other apostrophes do not count. Folding twice changes nothing more, and it takes
    time in proportion to the length.
    Marks that make another syllable stay, as in Hindi, Thai or Japanese.
    """
    if text.isascii():
        return text.lower()
    return composed(text.translate(_FOLDED))


class Letters(dict[int, str]):
    """A table for str.translate that asks about each letter once, and keeps what the first plane needs."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, code: int) -> str:
        letters = self._answer(chr(code))
        if code <= 0xFFFF:
            self[code] = letters
        return letters


def _folded(letter: str) -> str:
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.decimal(letter))
    return _bare(_bare(letter).casefold().translate(LIKE)).translate(LIKE)


def _bare(letters: str) -> str:
    """Take letters apart and leave out what does not count."""
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if not _is_left_out(c))


def _is_left_out(letter: str) -> bool:
    """Say whether it is not seen, or a mark that readers do without.

    By its combining class (UAX 44): strokes are 1, the points of Hebrew and Arabic 10 to 35, accents above and
    below 200 and more. Those between belong to their syllables: nukta, kana voicing, virama, vowels of Thai.
    """
    if letter in UNSEEN or unicodedata.category(letter) == "Cf":
        return True
    kind = unicodedata.combining(letter)
    # The iota below a Greek vowel is written beside it in capitals.
    return letter != "\u0345" and (kind == 1 or 10 <= kind <= 35 or kind >= 200)


_FOLDED = Letters(_folded)
