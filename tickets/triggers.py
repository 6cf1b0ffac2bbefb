"""The database's own promise that history is only ever added to.

The models refuse as well; the triggers also hold for other programs and for raw SQL.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

INSERT_ONLY = ("tickets_ticketevent", "tickets_message")
ACTIONS = ("update", "delete")

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION helpdesk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def install_triggers(*, using: str = "default", **kwargs: Any) -> None:
    """Put the triggers on the tables of the history, again if need be. Connected to post_migrate."""
    connection = connections[using]
    remove_triggers(connection)
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for statement in _statements(connection, [table for table in INSERT_ONLY if table in present]):
            cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a test that empties its database, never for the product."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in INSERT_ONLY:
            if table not in present:
                continue
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            for action in (*ACTIONS, "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{action}{on_table}")


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the triggers that should be there and are not, or are switched off. Two queries."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t in INSERT_ONLY]
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    actions = (*ACTIONS, "truncate") if connection.vendor == "postgresql" else ACTIONS
    return sorted({f"{table}_no_{action}" for table in tables for action in actions} - present)


def _statements(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    if connection.vendor == "postgresql":
        return [POSTGRESQL_FUNCTION] + [
            f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} "
            f"FOR EACH {'STATEMENT' if action == 'truncate' else 'ROW'} EXECUTE FUNCTION helpdesk_refuse_change()"
            for table in tables
            for action in (*ACTIONS, "truncate")
        ]
    return [
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        for table in tables
        for action in ACTIONS
    ]
