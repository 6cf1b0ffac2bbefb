"""The index behind the search: FTS5 on SQLite, a tsvector on PostgreSQL.

Django's models do not know it. Python writes the words, with the ticket (`write`); it holds nothing that cannot
be made again from the tickets (`fill`).
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import chain, repeat
from typing import NamedTuple

from django.db import connection as default_connection
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from helpdesk.db.triggers import Trigger

from ..events import Kind
from ..models import Ticket, TicketEvent
from ..models.subscribers import Said
from .words import words_of

BATCH = 100
# Of 4 kB each, written at once when the index is written anew.
PAGES = 200

# On SQLite the index is a table of its own beside the tickets. Its tokenizer only parts at spaces: what is not
# ASCII is a letter to it. prefix makes the short beginnings of words cheap.
SQLITE_TABLE = (
    "CREATE VIRTUAL TABLE tickets_ticket_words USING fts5(title, description, tokenize='ascii', prefix='2 3')"
)
SQLITE_MATCHES = "SELECT rowid FROM tickets_ticket_words WHERE tickets_ticket_words MATCH %s"
# How version 0.2.0 kept the index.
FORMER_TRIGGERS = tuple(f"tickets_ticket_words_{name}" for name in ("insert", "delete", "update"))

# On PostgreSQL it is a column of the tickets and an index on that. Without fastupdate a search never has to read a
# list of words not yet sorted in.
POSTGRESQL = (
    "ALTER TABLE tickets_ticket ADD COLUMN IF NOT EXISTS words tsvector",
    # 0.2.0 had the database compute it.
    "ALTER TABLE tickets_ticket ALTER COLUMN words DROP EXPRESSION IF EXISTS",
    "CREATE INDEX IF NOT EXISTS tickets_ticket_words ON tickets_ticket USING gin (words) WITH (fastupdate = off)",
)
# The places PostgreSQL can tell apart in one tsvector.
LAST_PLACE = 16_383

# Whoever changes what a ticket says by another way than its verbs takes its words away, and `fill` finds that: the
# version before, while this one is installed, or somebody at the database.
_CHANGED = "WHEN (OLD.title <> NEW.title OR OLD.description <> NEW.description)"
_FORGET = "BEGIN DELETE FROM tickets_ticket_words WHERE rowid = OLD.id; END"
SQLITE_TRIGGERS = {
    "tickets_ticket_words_outdated": f"AFTER UPDATE OF title, description ON tickets_ticket {_CHANGED} {_FORGET}",
    "tickets_ticket_words_gone": f"AFTER DELETE ON tickets_ticket {_FORGET}",
}
POSTGRESQL_TRIGGERS = {
    "tickets_ticket_words_outdated": (
        f"BEFORE UPDATE OF title, description ON tickets_ticket FOR EACH ROW {_CHANGED} "
        "EXECUTE FUNCTION helpdesk_forget_words()"
    ),
}
FORGET_WORDS = """
CREATE OR REPLACE FUNCTION helpdesk_forget_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := NULL;
    RETURN NEW;
END $$
"""


class Entry(NamedTuple):
    """What a ticket is found by."""

    ticket: int
    title: list[str]
    description: list[str]

    @classmethod
    def of(cls, ticket: int, title: str, description: str) -> "Entry":
        return cls(ticket, words_of(title), words_of(description))

    def tsvector(self) -> str:
        """Write it as PostgreSQL reads a tsvector, with the place of each word and A for those of the title.

        Beyond LAST_PLACE places begin anew: what stands together still does.
        """
        places: dict[str, list[str]] = {}
        for weight, words, first in (("A", self.title, 0), ("B", self.description, len(self.title) + 1)):
            for place, word in enumerate(words, start=first):
                places.setdefault(word, []).append(f"{place % LAST_PLACE + 1}{weight}")
        return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


# -- writing -----------------------------------------------------------------------------------
def write(said: Iterable[Said]) -> None:
    """Index tickets by what they say now, within the transaction that wrote it. One statement."""
    _write([Entry.of(*ticket) for ticket in said])


def fill(*, all_tickets: bool = False) -> int:
    """Index the tickets that are not, and answer how many; may be cut off and run again.

    all_tickets: index those anew that are indexed, too.
    A batch is in memory and in a transaction at a time.
    """
    last, filled = 0, 0
    while rows := _rows_after(last, all_tickets=all_tickets):
        # Folded before anything is locked.
        entries = {
            (ticket, version): Entry.of(ticket, title, description)
            for ticket, version, title, description in rows
        }
        with transaction.atomic():
            # Whoever has changed one meanwhile has written its words.
            held = Ticket._base_manager.select_for_update(no_key=True).filter(pk__in=[row[0] for row in rows])
            same = entries.keys() & set(held.order_by("pk").values_list("pk", "version"))
            _write([entries[key] for key in sorted(same)])
        last, filled = rows[-1][0], filled + len(same)
    return filled


def forget_removed_words() -> None:
    """Write SQLite's index anew without the words of tickets whose words were removed in the last two days, if any.

    FTS5 only marks them as gone until it happens to merge its parts. In short transactions, of some pages each.
    """
    removed = TicketEvent.objects.filter(
        kind__in=(Kind.REDACTED, Kind.PURGED), at__gt=timezone.now() - timedelta(days=2)
    )
    if default_connection.vendor == "postgresql" or not removed.exists():
        return
    with default_connection.cursor() as cursor:
        # A negative number begins, positive ones go on (SQLite documentation, FTS5, 6.8): the last changes nothing.
        for pages in chain((-PAGES,), repeat(PAGES)):
            before = default_connection.connection.total_changes
            cursor.execute(
                "INSERT INTO tickets_ticket_words (tickets_ticket_words, rank) VALUES ('merge', %s)", [pages]
            )
            if pages > 0 and default_connection.connection.total_changes - before < 2:
                return


def _rows_after(ticket: int, *, all_tickets: bool) -> list[tuple[int, int, str, str]]:
    """Answer number, version, title and description of the next few."""
    if default_connection.vendor == "postgresql":
        lacking = "words IS NULL"
    else:
        lacking = "NOT EXISTS (SELECT 1 FROM tickets_ticket_words WHERE rowid = tickets_ticket.id)"
    with default_connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, version, title, description FROM tickets_ticket "  # noqa: S608, our own words
            f"WHERE id > %s AND ({'TRUE' if all_tickets else lacking}) ORDER BY id LIMIT {BATCH}",
            [ticket],
        )
        return list(cursor.fetchall())


def _write(entries: list[Entry]) -> None:
    with default_connection.cursor() as cursor:
        if default_connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE tickets_ticket SET words = new.words::tsvector "
                "FROM unnest(%s::bigint[], %s::text[]) AS new (id, words) WHERE tickets_ticket.id = new.id",
                [[entry.ticket for entry in entries], [entry.tsvector() for entry in entries]],
            )
        else:
            cursor.executemany(
                "INSERT OR REPLACE INTO tickets_ticket_words (rowid, title, description) VALUES (%s, %s, %s)",
                [(e.ticket, " ".join(e.title), " ".join(e.description)) for e in entries],
            )


# -- making it ---------------------------------------------------------------------------------
def create(connection: BaseDatabaseWrapper) -> None:
    """Make the index, without words; in place of the one of version 0.2.0, if that is there.

    On PostgreSQL the version before goes on searching the words that are there.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in (*POSTGRESQL, FORGET_WORDS):
                cursor.execute(statement)
        else:
            for name in (*FORMER_TRIGGERS, *SQLITE_TRIGGERS):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute("DROP TABLE IF EXISTS tickets_ticket_words")
            cursor.execute(SQLITE_TABLE)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the index away."""
    with connection.cursor() as cursor:
        for trigger in forgetting(connection):
            on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE tickets_ticket DROP COLUMN IF EXISTS words")
        else:
            cursor.execute("DROP TABLE IF EXISTS tickets_ticket_words")


def forgetting(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """For helpdesk.db.triggers.declare."""
    on_postgresql = connection.vendor == "postgresql"
    return [
        Trigger(
            name, "tickets_ticket", f"CREATE TRIGGER {name} {what}", FORGET_WORDS if on_postgresql else ""
        )
        for name, what in (POSTGRESQL_TRIGGERS if on_postgresql else SQLITE_TRIGGERS).items()
    ]
