"""The database's own promises: triggers, put there after every migrate. Above all that the rows of
append-only models are only ever added to.

The models refuse as well; the triggers also hold for other programs and for raw SQL.
"""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UniqueConstraint

from .append_only import AppendOnlyModel

REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION helpdesk_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


class Trigger(NamedTuple):
    """A trigger that has to be there.

    sql: makes it. function: makes what it calls, where there is such a thing (PostgreSQL).
    """

    name: str
    table: str
    sql: str
    function: str = ""

    @property
    def fingerprint(self) -> str:
        """What is written beside it in PostgreSQL, which keeps no text of it: an older one of this name has another."""
        return hashlib.sha256(f"{self.sql}{self.function}".encode()).hexdigest()


# Names the triggers one kind of database should have.
Declaration = Callable[[BaseDatabaseWrapper], list[Trigger]]
_declarations: list[Declaration] = []


def declare(triggers: Declaration) -> None:
    """Have these triggers kept as well. Called when the applications start.

    triggers: answers those for a connection's kind of database; each once its table is there.
    """
    if triggers not in _declarations:
        _declarations.append(triggers)


def install_triggers(*, using: str = "default", **kwargs: Any) -> None:
    """Put the triggers on their tables where one is missing. Connected to post_migrate.

    using: the database's alias.
    """
    connection = connections[using]
    if not missing_triggers(connection):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        remove_triggers(connection)
        wanted = _wanted(connection)
        for function in sorted({trigger.function for trigger in wanted} - {""}):
            cursor.execute(function)
        for trigger in wanted:
            cursor.execute(trigger.sql)
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"COMMENT ON TRIGGER {trigger.name} ON {trigger.table} IS '{trigger.fingerprint}'"
                )


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a test that empties its database, never for the product."""
    with connection.cursor() as cursor:
        for trigger in _wanted(connection):
            on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the triggers that should be there and are not, are switched off, or say something else. Two queries."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute(
                "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        present = dict(cursor.fetchall())
    return sorted(
        trigger.name
        for trigger in _wanted(connection)
        if present.get(trigger.name) != (trigger.fingerprint if is_postgresql else trigger.sql)
    )


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Those whose tables are there: not all, where migrations were applied in part. One query."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    return [t for triggers in _declarations for t in triggers(connection) if t.table in present]


# -- append-only models ------------------------------------------------------------------------
def guards(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Refuse every change of the rows of append-only models, but that their words are blanked."""
    on = _postgresql_guard if connection.vendor == "postgresql" else _sqlite_guard
    # SQLite's INSERT OR REPLACE removes the old row without asking the trigger on delete.
    last = "truncate" if connection.vendor == "postgresql" else "replace"
    guarded = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]
    return [on(model, action) for model in guarded for action in ("update", "delete", last)]


def _postgresql_guard(model: type[AppendOnlyModel], action: str) -> Trigger:
    table = model._meta.db_table
    name = f"{table}_no_{action}"
    sql = (
        f"CREATE TRIGGER {name} BEFORE {action} ON {table} "
        f"FOR EACH {'STATEMENT' if action == 'truncate' else 'ROW'} {_unless_blanked(model, action)}"
        "EXECUTE FUNCTION helpdesk_refuse_change()"
    )
    return Trigger(name, table, sql, REFUSE_CHANGE)


def _sqlite_guard(model: type[AppendOnlyModel], action: str) -> Trigger:
    table = model._meta.db_table
    name = f"{table}_no_{action}"
    if action == "replace":
        same = f"SELECT 1 FROM {table} WHERE {_same(model)}"  # noqa: S608, our own names
        when = f"BEFORE INSERT ON {table} WHEN EXISTS ({same}) "
    else:
        when = f"BEFORE {action} ON {table} {_unless_blanked(model, action)}"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
    return Trigger(name, table, f"CREATE TRIGGER {name} {when}{refuse}")


def _unless_blanked(model: type[AppendOnlyModel], action: str) -> str:
    """The WHEN of a trigger on a table whose words may be removed: all together, and nothing else changed."""
    if action != "update" or not model.blankable:
        return ""
    columns = [field.column for field in model._meta.concrete_fields]
    allowed = [
        f"NEW.{column} = ''" if column in model.blankable else f"NEW.{column} = OLD.{column}"
        for column in columns
    ]
    return f"WHEN (NOT ({' AND '.join(allowed)})) "


def _same(model: type[AppendOnlyModel]) -> str:
    """Say which rows a new one would replace: with its id, or with the same in columns that are unique."""
    meta = model._meta
    columns = {field.name: field.column for field in meta.concrete_fields}
    keys = [[field.column] for field in meta.concrete_fields if field.unique]
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            keys.append([columns[name] for name in constraint.fields])
    return " OR ".join(f"({' AND '.join(f'{column} = NEW.{column}' for column in key)})" for key in keys)


declare(guards)
