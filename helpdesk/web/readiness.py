"""Whether this installation can do its work now, and if not, why."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from helpdesk.db.outages import in_one_line
from helpdesk.db.upgrades import unapplied_migrations
from helpdesk.models import WorkerHeartbeat
from helpdesk.models.worker_heartbeat import LEASE

# What a form with a small file needs.
ROOM_BYTES = 1024 * 1024
# How long SQLite is looked through for damage: all of a small database, the beginning of a large one.
LOOK_SECONDS = 0.05


def why_not_ready() -> str:
    """Say what keeps the help desk from its work, for the log; "" if nothing does. Four queries, and a file
    written in each folder that must have room.
    """
    try:
        return _of_database() or _of_workers() or _of_folders()
    except DatabaseError as error:
        return in_one_line(error)


def _of_database() -> str:
    if missing := unapplied_migrations(connection):
        return f"{len(missing)} migrations are missing"
    if connection.vendor == "sqlite":
        return _of_sqlite()
    with connection.cursor() as cursor:
        # "on" as well where a server only follows another.
        cursor.execute("SHOW transaction_read_only")
        return "the database takes no writes" if cursor.fetchone()[0] == "on" else ""


def _of_sqlite() -> str:
    file = Path(connection.settings_dict["NAME"])
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        return f"{file} or its folder cannot be written"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only")
        if cursor.fetchone()[0]:
            return "the database takes no writes"
        try:
            with _for_a_moment(connection.connection):
                cursor.execute("PRAGMA quick_check(1)")
                found = cursor.fetchone()[0]
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                return ""
            raise
    return "" if found == "ok" else f"the database is damaged: {' '.join(found.split())[:200]}"


@contextmanager
def _for_a_moment(database: Any) -> Iterator[None]:
    """Interrupt what is asked of SQLite after LOOK_SECONDS."""
    until = time.monotonic() + LOOK_SECONDS
    database.set_progress_handler(lambda: time.monotonic() > until, 1000)
    try:
        yield
    finally:
        database.set_progress_handler(None, 0)


def _of_workers() -> str:
    return "" if WorkerHeartbeat.objects.alive(timezone.now(), LEASE).exists() else "no worker is alive"


def _of_folders() -> str:
    for folder in dict.fromkeys([str(settings.DATA_DIR), str(settings.MEDIA_ROOT), tempfile.gettempdir()]):
        try:
            # The storage makes it with the first file.
            os.makedirs(folder, settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(bytes(ROOM_BYTES))
                file.flush()
        except OSError as error:
            return f"nothing can be written in {folder}: {error.strerror}"
    return ""
