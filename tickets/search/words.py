"""Parts a text into the words it is found by, and a search into those it asks for.

A word is a run of letters, digits and their marks, folded. Scripts that put no space between words are parted
into pairs of neighbours instead, each beginning where the one before has its second letter: any part of a run is
a row of such pairs. Both databases get the words ready made, and part or fold nothing themselves.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from helpdesk.text.folding import Letters, fold

# Of a longer word the rest does not count: PostgreSQL takes no more than 2,046 bytes.
LONGEST_WORD = 100
# What a search may cost at most: further words are not looked at.
MOST_WORDS = 12
# Thai, Lao, Burmese and Khmer; kana, bopomofo and their signs; Chinese characters; Korean syllables, whose words
# take endings and others on.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+)"
)


class Phrase(NamedTuple):
    """Words that must stand together, in this order.

    goes_on: whether the last one may be the beginning of a longer word.
    """

    words: list[str]
    goes_on: bool


def words_of(text: str) -> list[str]:
    """Answer what a text is found by, in its order."""
    runs = fold(text).translate(_SPACED).split()
    # Texts say most words more than once.
    parted = {run: list(_parted(run)) for run in set(runs)}
    return [word for run in runs for word in parted[run]]


def phrases_of(text: str) -> list[Phrase]:
    """Answer what a search asks for: a phrase for each piece between white space. Empty if there is no word."""
    phrases, left = [], MOST_WORDS
    for piece in fold(text).split():
        runs = piece.translate(_SPACED).split()
        words = [word for run in runs for word in _parted(run)]
        if len(words) > 1 and words[-1] == words[-2][1:] and _UNSPACED.match(words[-1]):
            # The last letter of a run stands for its end; this one may go on.
            words.pop()
        words = words[:left]
        left -= len(words)
        if words:
            phrases.append(Phrase(words, _may_go_on(words[-1])))
    return phrases


def _parted(run: str) -> Iterator[str]:
    if run.isascii():
        yield run[:LONGEST_WORD]
        return
    for place, part in enumerate(_UNSPACED.split(run)):
        if place % 2:
            yield from (part[n : n + 2] for n in range(len(part)))
        elif any(letter.isalnum() for letter in part):
            yield part[:LONGEST_WORD]


def _may_go_on(word: str) -> bool:
    """Not after a single ASCII letter or digit: half of all words begin with it. Pairs are whole."""
    return len(word) == 1 if _UNSPACED.match(word) else len(word) > 1 or not word.isascii()


_SPACED = Letters(lambda letter: letter if unicodedata.category(letter)[0] in "LNM" else " ")
