"""The database's own promise that history is only ever added to, and on PostgreSQL its word that
something was committed.

The models refuse as well; the triggers also hold for other programs and for raw SQL.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# Table -> the columns that name a row, beside its id.
INSERT_ONLY = {
    "tickets_ticketevent": ("ticket_id", "version"),
    "tickets_message": ("event_id", "part"),
    "tickets_attachment": ("event_id", "position"),
    "tickets_mention": ("event_id", "person_id"),
    "helpdesk_auditevent": ("number",),
}
# Table -> the columns that may be blanked, all together and with nothing else changed: models/redaction.py.
# `manage.py verify_log` asks for the event that says so.
BLANKED = {
    "tickets_message": (("body", "salt"), ("id", "event_id", "part", "digest")),
    "tickets_attachment": (
        ("name", "salt", "sha256", "file", "preview"),
        ("id", "event_id", "position", "content_type", "size", "digest"),
    ),
}

# What PostgreSQL tells live/wake_up.py at commit: table -> after what, and the column whose values are told;
# "" tells the table alone. Of an event its id is told: ids become visible in another order than they are
# given, so nobody could look for those above the last.
CHANNEL = "helpdesk"
TOLD = {
    "tickets_ticketevent": ("INSERT", "id"),
    "tickets_notification": ("INSERT OR UPDATE OF read_at", "person_id"),
    "tickets_presence": ("INSERT OR UPDATE OR DELETE", ""),
    "django_session": ("DELETE", ""),
    "accounts_user": ("UPDATE", ""),
}

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION helpdesk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

POSTGRESQL_TELL = f"""
CREATE OR REPLACE FUNCTION helpdesk_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME || ' ' || (to_jsonb(NEW) ->> TG_ARGV[0]));
    ELSE
        PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$
"""


def install_triggers(*, using: str = "default", **kwargs: Any) -> None:
    """Put the triggers on their tables where one is missing. Connected to post_migrate."""
    connection = connections[using]
    if not missing_triggers(connection):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        remove_triggers(connection)
        for statement in _statements(connection, _tables(connection)):
            cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a test that empties its database, never for the product."""
    with connection.cursor() as cursor:
        for table in _tables(connection):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            for action in _actions(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{action}{on_table}")


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the triggers that should be there and are not, or are switched off. Two queries."""
    tables = _tables(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    wanted = {f"{table}_no_{action}" for table in tables for action in _actions(connection)}
    if connection.vendor == "postgresql":
        wanted |= {f"{table}_tells" for table in _tables(connection, TOLD)}
    return sorted(wanted - present)


def _tables(connection: BaseDatabaseWrapper, wanted: Iterable[str] = INSERT_ONLY) -> list[str]:
    """Which of these tables are there: not all, where migrations were applied in part."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    return [table for table in wanted if table in present]


def _actions(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    # SQLite's INSERT OR REPLACE removes the old row without asking the trigger on delete.
    return ("update", "delete", "truncate" if connection.vendor == "postgresql" else "replace")


def _statements(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    if connection.vendor == "postgresql":
        tells = [_tells(table, *TOLD[table]) for table in _tables(connection, TOLD)]
        return [POSTGRESQL_FUNCTION, POSTGRESQL_TELL, *tells] + [
            f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} "
            f"FOR EACH {'STATEMENT' if action == 'truncate' else 'ROW'} {_unless_blanked(table, action)}"
            "EXECUTE FUNCTION helpdesk_refuse_change()"
            for table in tables
            for action in _actions(connection)
        ]
    refuse = "BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    return [
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action} ON {table} "
        f"{_unless_blanked(table, action)}{refuse.format(table=table)}"
        for table in tables
        for action in ("update", "delete")
    ] + [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS "  # noqa: S608, our own names
        f"(SELECT 1 FROM {table} WHERE id = NEW.id OR ({_same(INSERT_ONLY[table])})) {refuse.format(table=table)}"
        for table in tables
    ]


def _tells(table: str, actions: str, column: str) -> str:
    each, arguments = ("ROW", f"'{column}'") if column else ("STATEMENT", "")
    return (
        f"CREATE OR REPLACE TRIGGER {table}_tells AFTER {actions} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION helpdesk_tell({arguments})"
    )


def _unless_blanked(table: str, action: str) -> str:
    """The WHEN of a trigger on a table whose words may be removed."""
    if action != "update" or table not in BLANKED:
        return ""
    blank, kept = BLANKED[table]
    allowed = [*(f"NEW.{column} = ''" for column in blank), *(f"NEW.{c} = OLD.{c}" for c in kept)]
    return f"WHEN (NOT ({' AND '.join(allowed)})) "


def _same(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{column} = NEW.{column}" for column in columns)
