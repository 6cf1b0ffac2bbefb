"""Whether the version before could run on a schema: during an upgrade its processes still write."""

import sqlite3
from contextlib import closing, contextmanager
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
# Table, column, type, is it computed by the database; in the order of the columns, of which the first is the key.
POSTGRESQL_COLUMNS = """
SELECT table_name, column_name, data_type, is_generated = 'ALWAYS'
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
"""
SQLITE_COLUMNS = """
SELECT t.name, c.name, c.type, c.hidden
FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c WHERE t.type = 'table' AND t.schema = 'main'
ORDER BY t.name, c.cid
"""
# Written by `migrate` alone.
HISTORY = "django_migrations"
# Two values for columns of types that hold no words; the words are JSON, too.
MOMENTS = ("2026-11-28 09:00:00+00:00", "2026-11-29 09:00:00+00:00")
NAMES = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
SAMPLES = {
    "int": "12",
    "bool": "01",
    "date": MOMENTS,
    "timestamp": MOMENTS,
    "time": ("09:00", "10:00"),
    "uuid": NAMES,
}


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


# -- writing as old code does ----------------------------------------------------------------------
class Database:
    """The database of some processes, each statement a transaction of its own: deferred keys are looked at, too.

    columns: table -> its columns, but for those the database computes. samples: table -> column -> two values
    it can hold. Values are text where the database says so.
    """

    def __init__(self, connection, columns, mark, as_text):
        self._connection, self._mark, self._as_text = connection, mark, as_text
        self.columns, self.samples = {}, {}
        for table, column, kind, is_computed in connection.execute(columns).fetchall():
            if table not in OWN and table != HISTORY and not is_computed:
                self.columns.setdefault(table, []).append(column)
                self.samples.setdefault(table, {})[column] = _samples(kind.lower())

    def refuses(self, statement, values=()):
        """Run a statement, and answer why it was refused, or ""."""
        try:
            self._connection.execute(statement.replace("?", self._mark), values)
        except (sqlite3.Error, psycopg.Error) as error:
            return str(error).splitlines()[0]
        return ""

    def rows(self, table, columns=()):
        """Answer the rows of a table in these columns, or in all."""
        names = ", ".join(f'"{column}"{self._as_text}' for column in columns or self.columns[table])
        return sorted(self._connection.execute(f'SELECT {names} FROM "{table}"').fetchall(), key=repr)

    def insert(self, table, columns, row):
        names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
        return self.refuses(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', row)

    def insert_samples(self, table):
        return self.insert(table, self.columns[table], [first for first, _ in self.samples[table].values()])


def _samples(kind):
    for part, samples in SAMPLES.items():
        if kind.startswith(part) or (part == "int" and part in kind and kind != "interval"):
            return samples
    return ("{}", "[]")


@contextmanager
def opened(env):
    """Answer the database of these processes, with its keys, checks and triggers on, to be thrown away after."""
    if "DATABASE_URL" in env:
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("SET synchronous_commit = off")
            connection.execute("SET search_path = public")
            yield Database(connection, POSTGRESQL_COLUMNS, "%s", "::text")
        return
    path = Path(env["HELPDESK_DATA_DIR"]) / "helpdesk.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        yield Database(connection, SQLITE_COLUMNS, "?", "")


def without_rows(dump):
    """Answer a dump's tables alone, with the history of their migrations."""
    kept, statement = [], ""
    for line in dump.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            if not statement.startswith("INSERT INTO ") or HISTORY in statement.split("VALUES")[0]:
                kept.append(statement)
            statement = ""
    return "".join([*kept, statement])


def refused_writes(old, new, blankable):
    """Do what the old version does, in its own database and in one with the schema of today: insert each row it has,
    with the columns it knows and one at least in each table; update each column; remove rows. Answer what only
    the database of today refuses -> why.

    old: has the rows. new: migrated, without rows of its own.
    blankable: table -> the columns that are emptied together, in rows nobody changes otherwise.
    """
    refused = _insert(old, new)
    # What today's processes write beside, and the old ones know nothing of.
    for table in new.columns.keys() - old.columns.keys():
        if why := new.insert_samples(table):
            refused[f"INSERT INTO {table}"] = why
    for table, column, statement in _updates(old, blankable):
        if not old.refuses(statement) and (why := new.refuses(statement)):
            refused[f"UPDATE {table}.{column}"] = why
    touched = {name.split()[-1].partition(".")[0] for name in refused}
    for table, columns in old.columns.items():
        if table not in touched and old.rows(table) != new.rows(table, columns):
            refused[f"SELECT FROM {table}"] = "It does not hold what was written."
    return refused | _delete(old, new)


def _insert(old, new):
    for table in old.columns:
        if not old.rows(table):
            why = old.insert_samples(table)
            assert not why, (table, why)
    # What each start puts there.
    _until_nothing_changes(list(old.columns), lambda table: new.refuses(f'DELETE FROM "{table}"'))
    rows = [(table, row) for table in old.columns for row in old.rows(table)]
    left = _until_nothing_changes(rows, lambda row: new.insert(row[0], old.columns[row[0]], row[1]))
    return {f"INSERT INTO {table}": why for (table, _), why in left}


def _updates(old, blankable):
    for table, (key, *others) in old.columns.items():
        first = f'WHERE "{key}" = (SELECT MIN("{key}") FROM "{table}")'
        # As a row is saved whole.
        same = ", ".join(f'"{column}" = "{column}"' for column in others)
        yield table, "*", f'UPDATE "{table}" SET {same}'
        for column in others:
            for value in old.samples[table][column]:
                yield table, column, f'UPDATE "{table}" SET "{column}" = \'{value}\' {first}'
        if blanked := [column for column in blankable.get(table, ()) if column in others]:
            emptied = ", ".join(f"\"{column}\" = ''" for column in blanked)
            yield table, "words", f'UPDATE "{table}" SET {emptied}'


def _delete(old, new):
    refused = {}

    def remove(row):
        table, key = row
        statement = f'DELETE FROM "{table}" WHERE "{old.columns[table][0]}" = ?'
        if why := old.refuses(statement, [key]):
            return why
        if why := new.refuses(statement, [key]):
            refused[f"DELETE FROM {table}"] = why
        return ""

    rows = [(table, row[0]) for table in old.columns for row in old.rows(table)]
    _until_nothing_changes(rows, remove)
    return refused


def _until_nothing_changes(each, act):
    """Do it with each, and again with what was refused as long as that helps: rows need others, or are needed.

    Answers what is left, with the reasons.
    """
    while True:
        left = [(one, why) for one in each if (why := act(one))]
        if len(left) in (0, len(each)):
            return left
        each = [one for one, _ in left]
