"""Finds tickets by the words of title and description, and by their number.

Every word must occur, whole or as the beginning of one: "print" finds "printer". What is written together
("10.0.0.1", "wi-fi") must stand together. How words are spelled does not matter (helpdesk/text/folding.py); in
scripts without spaces any part of a run is found (words.py). index.py keeps the index.
"""

import re
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from helpdesk.text.folding import fold

from .index import SQLITE_MATCHES
from .words import phrases_of

# What is a number of ours where it stands alone, and what is anywhere: in the subject of a mail, or an address.
ALONE = re.compile(r"(?:hd[\s:_-]*|#\s*|no\.?\s*)?([0-9]{1,18})[.,:;]?")
ANYWHERE = re.compile(r"(?:(?<!\w)hd-|(?<!\w)tickets?[\s#:/]+|\[hd\s*)([0-9]{1,18})(?!\w)")
MOST_NUMBERS = 5
# SQLite has no figures about words. Up to so many matches are fetched and sorted; of a commoner word the
# list is read in its order until the page is full.
FEW = 1000


def search(tickets: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
    """Narrow `tickets` to those `text` describes; white space alone narrows nothing.

    "HD-12" and "#12", the address of a ticket and the subject of our mail lead to that ticket; they are also
    looked for as words. A text without a letter or digit finds nothing. Any text is safe. On SQLite this asks the
    index once, right now.
    """
    if not text.strip():
        return tickets
    connection = connections[tickets.db]
    query = (tsquery if connection.vendor == "postgresql" else fts5_query)(text)
    if not query:
        return tickets.none()
    found = _matches(query, connection)
    if numbers := numbers_in(text):
        found |= models.Q(pk__in=numbers)
    return tickets.filter(found)


def numbers_in(text: str) -> list[int]:
    """Answer the numbers of the tickets a search names, if there are such tickets; the first few."""
    folded = fold(text).strip()
    if alone := ALONE.fullmatch(folded):
        return [int(alone[1])]
    return [int(found[1]) for found, _ in zip(ANYWHERE.finditer(folded), range(MOST_NUMBERS), strict=False)]


def fts5_query(text: str) -> str:
    """Write `text` in the language of SQLite's FTS5; empty if it holds no word."""
    return " ".join(f'"{" ".join(words)}"{"*" if goes_on else ""}' for words, goes_on in phrases_of(text))


def tsquery(text: str) -> str:
    """Write `text` as PostgreSQL reads a tsquery; empty if it holds no word."""
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in words) + (":*" if goes_on else "") + ")"
        for words, goes_on in phrases_of(text)
    )


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
        # Not to_tsquery, whose parser knows letters by the database's locale.
        return f"{table}.words @@ %s::tsquery", [self.query]
