"""A database that cannot answer now is no mistake in the program: it is away, busy, full, or has no connection left."""

import errno
import sqlite3

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError

# SQLite calls a mistake in the program an operational error, too, with this code: no such table, a syntax error.
MISTAKE = sqlite3.SQLITE_ERROR
# PostgreSQL ended a transaction that nobody went on with; psycopg counts it among internal errors.
IDLE_IN_TRANSACTION = "25P03"
DISK_FULL = "53100"


def is_outage(error: BaseException | None) -> bool:
    """Say whether the same may go well in a moment, without anybody changing the program.

    error: as Django raises it; None for none.
    """
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) == IDLE_IN_TRANSACTION:
        return True
    return isinstance(error, OperationalError | InterfaceError) and _code(cause) != MISTAKE


def is_disk_full(error: BaseException | None) -> bool:
    """Say whether there is no room left: for a file, or for the database.

    error: as Python or Django raises it; None for none.
    """
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    return _code(cause) == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", None) == DISK_FULL


def in_one_line(error: BaseException) -> str:
    """Say what is the matter, for the log: drivers tell it on several lines."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def _code(cause: BaseException | None) -> int | None:
    """SQLite's own code, without what it says beside."""
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
