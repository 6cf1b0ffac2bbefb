"""Whether the version before could run on a schema: during an upgrade its processes still write."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

# Table, column, may it be null, has it a default.
POSTGRESQL = """
SELECT table_name, column_name, is_nullable = 'YES', column_default IS NOT NULL OR is_identity = 'YES'
FROM information_schema.columns WHERE table_schema = 'public'
"""
SQLITE = """
SELECT t.name, c.name, NOT c."notnull", c.dflt_value IS NOT NULL OR c.pk
FROM pragma_table_list AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.schema = 'main'
"""
# Rebuilt by each version for itself, and read by none but through the search.
OWN = {"tickets_ticket_words", "sqlite_schema", "sqlite_sequence"}


def ask(env, statement):
    """Run one statement in the database of these processes, and answer its rows."""
    if "DATABASE_URL" in env:
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as database:
            cursor = database.execute(statement)
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(Path(env["HELPDESK_DATA_DIR"]) / "helpdesk.sqlite3")) as database, database:
        return database.execute(statement).fetchall()


def schema_of(env):
    """Answer table -> column -> whether it may be null, and whether it has a default."""
    found = {}
    for table, column, nullable, default in ask(env, POSTGRESQL if "DATABASE_URL" in env else SQLITE):
        if table not in OWN:
            found.setdefault(table, {})[column] = (bool(nullable), bool(default))
    return found


def stops_old_code(before, after):
    """Name what a version that knows the schema `before` would stumble over in `after`.

    It reads and writes the columns it knows, and leaves the others to their defaults.
    """
    found = [f"table {table} is gone" for table in before if table not in after]
    for table in before.keys() & after.keys():
        old, new = before[table], after[table]
        found += [f"{table}.{column} is gone" for column in old if column not in new]
        for column, (nullable, default) in new.items():
            was_nullable, had_default = old.get(column, (True, False))
            if not nullable and not default and (was_nullable or had_default):
                found.append(f"{table}.{column} must be given")
    return sorted(found)
