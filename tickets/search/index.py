"""The index behind the search, kept by the database itself: FTS5 on SQLite, a tsvector on PostgreSQL.

Django's models do not know it. It holds nothing that cannot be made again from the tickets.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# On SQLite the index is a table of its own beside the tickets.
# remove_diacritics 2 finds "Muller" in "Müller"; prefix makes the short beginnings of words cheap.
SQLITE_TABLE = """
CREATE VIRTUAL TABLE tickets_ticket_words USING fts5(
    title, description, content='tickets_ticket', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3'
)
"""
SQLITE_REBUILD = "INSERT INTO tickets_ticket_words (tickets_ticket_words) VALUES ('rebuild')"
SQLITE_MATCHES = "SELECT rowid FROM tickets_ticket_words WHERE tickets_ticket_words MATCH %s"
_ADD = (
    "INSERT INTO tickets_ticket_words (rowid, title, description) "
    "VALUES (new.id, new.title, new.description);"
)
_REMOVE = (
    "INSERT INTO tickets_ticket_words (tickets_ticket_words, rowid, title, description) "
    "VALUES ('delete', old.id, old.title, old.description);"
)
# A ticket's row is written whole, so the words are compared: most verbs do not touch them.
SQLITE_TRIGGERS = {
    "tickets_ticket_words_insert": f"AFTER INSERT ON tickets_ticket BEGIN {_ADD} END",
    "tickets_ticket_words_delete": f"AFTER DELETE ON tickets_ticket BEGIN {_REMOVE} END",
    "tickets_ticket_words_update": (
        "AFTER UPDATE OF title, description ON tickets_ticket "
        "WHEN old.title IS NOT new.title OR old.description IS NOT new.description "
        f"BEGIN {_REMOVE} {_ADD} END"
    ),
}

# ASCII and Latin-1 punctuation and the general one (U+2000 to U+206F) part words, as FTS5 has it;
# PostgreSQL's own parser would keep "wi-fi" and "a.b@c.de" together and read "-1" as a number.
PUNCTUATION = "".join(
    chr(code)
    for code in (*range(0x21, 0x7F), *range(0xA1, 0xC0), *range(0x2000, 0x2070), 0xD7, 0xF7)
    if not chr(code).isalnum()
)


def _folded(column: str) -> str:
    """SQL for a column's text without diacritics and punctuation. tickets.search.query.folded is its twin.

    normalize() needs no extension, unlike unaccent, and may stand in a generated column.
    """
    bare = f"normalize(regexp_replace(normalize({column}, NFD), '[\\u0300-\\u036F]+', '', 'g'), NFC)"
    quoted = PUNCTUATION.replace("'", "''")
    return f"translate({bare}, '{quoted}', '{' ' * len(PUNCTUATION)}')"


# On PostgreSQL it is a column of the tickets, which the database computes, and an index on that.
# To change the type of title or description later, a migration drops this column first and adds it after.
POSTGRESQL = (
    # Of a million tickets it takes minutes; the pages' limit is not for this.
    "SET LOCAL statement_timeout = 0",
    "ALTER TABLE tickets_ticket ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    f"setweight(to_tsvector('simple', {_folded('title')}), 'A') || "
    f"setweight(to_tsvector('simple', {_folded('description')}), 'B')) STORED",
    # Without fastupdate a search never has to read a list of words not yet sorted in.
    "CREATE INDEX tickets_ticket_words ON tickets_ticket USING gin (words) WITH (fastupdate = off)",
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the index for all tickets there are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in POSTGRESQL:
                cursor.execute(statement)
        else:
            cursor.execute(SQLITE_TABLE)
    if connection.vendor == "sqlite":
        repair(connection)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the index away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE tickets_ticket DROP COLUMN IF EXISTS words")
            return
        for name in SQLITE_TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute("DROP TABLE IF EXISTS tickets_ticket_words")


def repair(connection: BaseDatabaseWrapper) -> bool:
    """Put back the triggers of SQLite's index and index all tickets anew, if a trigger is missing.

    Answers whether that was needed. PostgreSQL keeps its column by itself. One query if all is well.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'tickets_ticket_words%'")
        present = {name for (name,) in cursor.fetchall()}
        missing = SQLITE_TRIGGERS.keys() - present
        if "tickets_ticket_words" not in present or not missing:
            return False
        for name in sorted(missing):
            cursor.execute(f"CREATE TRIGGER {name} {SQLITE_TRIGGERS[name]}")
        cursor.execute(SQLITE_REBUILD)
    return True


def repair_after_migrate(*, using: str = "default", **kwargs: Any) -> None:
    """Django remakes a SQLite table when a column changes, and its triggers are gone without a word."""
    repair(connections[using])
