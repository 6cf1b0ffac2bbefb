"""Runs the help desk: `manage.py serve`."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.upgrades import cannot_be_used, require_current_database
from helpdesk.management.base import BaseCommand
from helpdesk.server.port import PortError, listen, port_number


class Command(BaseCommand):
    help = _("Run the help desk's server, until Ctrl+C or SIGTERM.")
    # Run here, with those that look into the database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help=gettext("The address to listen on (%(default)s).")
        )
        parser.add_argument("--port", default="8000", help=gettext("The port to listen on (%(default)s)."))
        parser.add_argument(
            "--threads",
            type=int,
            default=8,
            help=gettext("How many pages are made at once, 1 to 64 (%(default)s)."),
        )
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help=gettext("Do not run the process for mail and later work beside the server."),
        )

    def handle(self, *, host: str, port: str, threads: int, no_worker: bool, **options: Any) -> None:
        if not 1 <= threads <= 64:
            raise CommandError(gettext("--threads is a whole number from 1 to 64."))
        try:
            listener = listen(host, port_number(port))
        except PortError as error:
            raise CommandError(str(error)) from error
        with listener:
            self._check_database()
            self._check_static_files()
            # Late, because it loads every page.
            from helpdesk.asgi import application
            from helpdesk.server import uvicorn_server

            address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            uvicorn_server.run(
                listener,
                application(threads),
                with_worker=not no_worker,
                on_ready=lambda: self.stdout.write(
                    gettext("Helpdesk is at %(address)s - Ctrl+C stops it.") % {"address": address}
                ),
            )

    def _check_database(self) -> None:
        """Raise CommandError or SystemCheckError, naming what to do, if this database cannot be served."""
        try:
            require_current_database(connection)
            self.check(databases=["default"])
        except DatabaseError as error:
            raise CommandError(cannot_be_used(connection, error)) from error
        finally:
            connection.close()

    def _check_static_files(self) -> None:
        known = getattr(staticfiles_storage, "hashed_files", None)
        if known is not None and "css/portal.css" not in known and not settings.DEBUG:
            raise CommandError(
                gettext("The static files are not collected. Run: %(command)s")
                % {"command": "python manage.py collectstatic --noinput"}
            )
