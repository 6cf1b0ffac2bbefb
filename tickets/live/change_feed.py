"""Waiting for the next commit of anybody, in this process or another."""

import threading
from typing import Any, Protocol

from django.db import connection

from .notify_triggers import CHANNEL

POLL_SECONDS, LISTEN_SECONDS = 0.1, 0.5


class Changed:
    """What may have changed since the last look. everything: the database does not say what.

    ids: table -> the rows it names; a table without ids changed somewhere.
    """

    def __init__(self, *, everything: bool = False) -> None:
        self._everything = everything
        self._ids: dict[str, set[int]] = {}

    def add(self, told: str) -> None:
        """Take in what a trigger says: "table id" or "table"."""
        table, _, number = told.partition(" ")
        ids = self._ids.setdefault(table, set())
        if number:
            ids.add(int(number))

    def touches(self, table: str) -> bool:
        return self._everything or table in self._ids

    def ids_of(self, table: str) -> set[int] | None:
        """The rows that were named; None if the reader has to find out."""
        return None if self._everything else self._ids.get(table, set())


class ChangeFeed(Protocol):
    def wait(self, stopping: threading.Event) -> Changed:
        """Wait for a change, for half a second at most, so that the caller can look at its clocks."""


def change_feed() -> ChangeFeed:
    """Begin to watch the default database with this thread's connection: nothing later is missed."""
    return PostgreSQLChangeFeed() if connection.vendor == "postgresql" else SQLiteChangeFeed()


class SQLiteChangeFeed:
    """data_version changes when any other connection commits (SQLite documentation, "PRAGMA data_version")."""

    def __init__(self) -> None:
        self._seen = self._version()

    def wait(self, stopping: threading.Event) -> Changed:
        stopping.wait(POLL_SECONDS)
        version = self._version()
        has_changed, self._seen = version != self._seen, version
        return Changed(everything=has_changed)

    @staticmethod
    def _version() -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute("PRAGMA data_version").fetchone()[0])


class PostgreSQLChangeFeed:
    """Hears what the triggers of notify_triggers.py say at each commit."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("LISTEN " + CHANNEL)
        self._connection: Any = connection.connection

    def wait(self, stopping: threading.Event) -> Changed:
        changed = Changed()
        for notify in self._connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
            changed.add(notify.payload)
        return changed
