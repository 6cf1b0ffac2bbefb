"""Finds tickets by the words of title and description, and by their number.

Every word must occur, whole or as the beginning of one: "print" finds "printer". What is written
together ("10.0.0.1", "wi-fi") must stand together. Case and diacritics do not matter. tickets/search/index.py
keeps the index. A language written without spaces is found by the beginning of a run of characters.
"""

import re
import unicodedata
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from .index import SQLITE_MATCHES

NUMBER = re.compile(r"(?P<mark>hd[\s-]*|#\s*)?(?P<number>[0-9]{1,18})", re.IGNORECASE | re.ASCII)
# What a search may cost at most: further words, and longer ones, are not looked at.
MOST_WORDS, LONGEST_WORD = 12, 100
# SQLite has no figures about words. Up to so many matches are fetched and sorted; of a commoner word the
# list is read in its order until the page is full.
FEW = 1000


def search(tickets: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
    """Narrow `tickets` to those `text` describes; white space alone narrows nothing.

    "HD-12", "hd 12" and "#12" are that one ticket; a bare number is also looked for as a word. A text
    without a letter or digit finds nothing. Any text is safe. On SQLite this asks the index once, right now.
    """
    if not text.strip():
        return tickets
    number = NUMBER.fullmatch(text.strip())
    if number and number["mark"]:
        return tickets.filter(pk=int(number["number"]))
    connection = connections[tickets.db]
    query = (tsquery if connection.vendor == "postgresql" else fts5_query)(text)
    if not query:
        return tickets.none()
    found = _matches(query, connection)
    return tickets.filter(found | models.Q(pk=int(number["number"])) if number else found)


def fts5_query(text: str) -> str:
    """Write `text` in the language of SQLite's FTS5; empty if it holds no word."""
    phrases = _phrases(unicodedata.normalize("NFC", text))
    return " ".join(f'"{" ".join(words)}"{"*" if _may_go_on(words) else ""}' for words in phrases)


def tsquery(text: str) -> str:
    """Write `text` in the language of PostgreSQL's to_tsquery; empty if it holds no word."""
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in words) + (":*" if _may_go_on(words) else "") + ")"
        for words in _phrases(folded(text))
    )


def folded(text: str) -> str:
    """Take the diacritics off, as the PostgreSQL index does."""
    bare = re.sub(r"[\u0300-\u036f]+", "", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


def _phrases(text: str) -> list[list[str]]:
    """Part a text into words of letters, digits and their marks; nothing else reaches the database.

    Those without a space between them belong together.
    """
    phrases, left = [], MOST_WORDS
    for chunk in text.split():
        letters = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in chunk)
        words = [word for word in letters.split() if any(c.isalnum() for c in word)][:left]
        left -= len(words)
        if words:
            phrases.append([word[:LONGEST_WORD] for word in words])
    return phrases


def _may_go_on(words: list[str]) -> bool:
    """Not after a single ASCII letter or digit: half of all words begin with it."""
    return len(words[-1]) > 1 or not words[-1].isascii()


def _matches(query: str, connection: BaseDatabaseWrapper) -> models.Q:
    if connection.vendor == "postgresql":
        return models.Q(_Matches(models.F("pk"), query=query))
    with connection.cursor() as cursor:
        cursor.execute(f"{SQLITE_MATCHES} LIMIT {FEW + 1}", [query])
        numbers = [number for (number,) in cursor.fetchall()]
    if len(numbers) <= FEW:
        return models.Q(pk__in=numbers)
    return models.Q(_Matches(models.F("pk"), query=query))


class _Matches(models.Func):
    """Whether a ticket, named by its key, matches a query of the index."""

    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, query: str, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        self.query = query

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        # The plus keeps SQLite from fetching and sorting all matches of a common word: 144 ms become 33
        # at 100,000 tickets.
        key, params = compiler.compile(self.source_expressions[0])
        return f"+{key} IN ({SQLITE_MATCHES})", [*params, self.query]

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        key: Any = self.source_expressions[0]
        table = compiler.quote_name_unless_alias(key.alias)
        return f"{table}.words @@ to_tsquery('simple', %s)", [self.query]
