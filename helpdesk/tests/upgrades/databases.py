"""Databases apart from the tests' own, as a version left them."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

FOLDER = Path(__file__).parent


@contextmanager
def dropped_after(server: str, options: str = "") -> Iterator[str]:
    """Make an empty database on the PostgreSQL server that an address names; answer its own address.

    options: of CREATE DATABASE.
    """
    parts, name = urlsplit(server), f"helpdesk_upgrade_{secrets.token_hex(4)}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {options}')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def dump_sqlite(path: Path) -> str:
    """Answer a SQLite file as text, without the tables an FTS5 index keeps for itself."""
    with closing(sqlite3.connect(path)) as database:
        own = {
            name for (name,) in database.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")
        }
        rows = database.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
        tables = [
            row
            for row in rows
            if row[0] == "table" and row[1] not in own and not row[1].startswith("sqlite_")
        ]
        lines = [f"{sql};" for _, _, _, sql in tables]
        for _, name, _, sql in tables:
            columns = [
                column for (column,) in database.execute("SELECT name FROM pragma_table_info(?)", [name])
            ]
            if sql.startswith("CREATE VIRTUAL"):
                # Its rows are bound to the tickets by their hidden number.
                columns.insert(0, "rowid")
            values = " || ',' || ".join(f'quote("{column}")' for column in columns)
            names = ",".join(f'"{column}"' for column in columns)
            lines += [
                f'INSERT INTO "{name}" ({names}) VALUES ({row});'
                for (row,) in database.execute(f'SELECT {values} FROM "{name}" ORDER BY rowid')
            ]
        lines += [f"{sql};" for kind, _, table, sql in rows if kind != "table" and table not in own]
        numbers = database.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
        lines += [
            f"DELETE FROM sqlite_sequence WHERE name = '{name}'; INSERT INTO sqlite_sequence VALUES ('{name}', {seq});"
            for name, seq in numbers
        ]
    return "".join(f"{line}\n" for line in lines)


def load_sqlite(path: Path, text: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"PRAGMA foreign_keys = OFF; BEGIN; {text} COMMIT;")


def load_postgresql(address: str, text: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(text)
