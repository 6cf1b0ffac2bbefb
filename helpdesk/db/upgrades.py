"""Which databases this version can work with, and what to do with the others."""

from functools import cache

from django.conf import settings
from django.core.management import CommandError
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext, ngettext

# The first version that later ones upgrade from: its migrations start anew.
FIRST_VERSION = "0.2.0"


def unapplied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the migrations of this version that the database lacks, such as "tickets.0001_initial".

    connection: of the database asked. Two queries.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in _known_migrations() if (app, name) not in applied]


def refuse_old_database(connection: BaseDatabaseWrapper) -> None:
    """Stop before anything is read or written, if a version before FIRST_VERSION made this database.

    connection: of the database a command is about to use. Two queries.
    Raises CommandError, saying what to do.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    # The kit's tables come before the tickets'; before FIRST_VERSION it had none.
    if ("tickets", "0001_initial") not in applied or ("helpdesk", "0001_initial") in applied:
        return
    if settings.DEMO:
        raise CommandError(
            gettext(
                "The demo's data was made before version %(version)s: remove it with `make clean`, then start again."
            )
            % {"version": FIRST_VERSION}
        )
    raise CommandError(
        gettext(
            "This database was made before version %(version)s, the first that later versions upgrade from: "
            "name an empty one in DATABASE_URL or HELPDESK_DATA_DIR."
        )
        % {"version": FIRST_VERSION}
    )


def require_current_database(connection: BaseDatabaseWrapper) -> None:
    """Stop unless the database is there with every migration of this version.

    connection: of the database a command is about to use. Four queries.
    Raises CommandError, saying what to do.
    """
    try:
        refuse_old_database(connection)
        missing = unapplied_migrations(connection)
    except DatabaseError as error:
        raise CommandError(cannot_be_used(connection, error)) from error
    if missing:
        raise CommandError(
            ngettext(
                "The database lacks %(count)d migration, %(first)s. Run: %(command)s",
                "The database lacks %(count)d migrations, the first is %(first)s. Run: %(command)s",
                len(missing),
            )
            % {"count": len(missing), "first": missing[0], "command": "python manage.py migrate"}
        )


def cannot_be_used(connection: BaseDatabaseWrapper, error: DatabaseError) -> str:
    """Say that this database answers with an error, and which."""
    told = {"database": place_of(connection), "error": error}
    return gettext("The database %(database)s cannot be used: %(error)s") % told


def place_of(connection: BaseDatabaseWrapper) -> str:
    """Say which database this is, for errors that do not: the file's path, or name, host and port. No password."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(told["NAME"])
    host = told["HOST"] or gettext("the local socket")
    place = f"{host}:{told['PORT']}" if told["PORT"] else host
    # Translators: a database and where its server is: "helpdesk at db.example.com:5432".
    return gettext("%(database)s at %(place)s") % {"database": told["NAME"], "place": place}


@cache
def _known_migrations() -> list[tuple[str, str]]:
    """Read the migrations on disk, which takes as long as a hundred answers."""
    return sorted(MigrationLoader(None).disk_migrations)
