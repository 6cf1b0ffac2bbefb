"""Make everything ready that `make run` serves."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.upgrades import refuse_old_database
from helpdesk.management.base import BaseCommand
from tickets.demo import people, seed
from tickets.demo.seed import Contents


class Command(BaseCommand):
    help = _(
        "Makes the demo ready to be served: database, static files, and demo data where the database is "
        "empty. Does only what is needed, and keeps what is there."
    )

    # `serve`, which follows, checks everything; once is enough for somebody who waits.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=8000,
            help=gettext("Where it will be served, for the message at the end (default: %(default)s)."),
        )

    def handle(self, *, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                gettext("This prepares a demo with well-known passwords: it needs HELPDESK_MODE=demo.")
            )
        self._migrate()
        self._collect_static_files()
        if seed.contents() == Contents.NOTHING:
            call_command("seed_demo", stdout=self.stdout)
        self._say_where(port)

    # -- inside ------------------------------------------------------------------------------
    def _migrate(self) -> None:
        refuse_old_database(connection)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(gettext("Preparing the database ..."))
            call_command("migrate", verbosity=0)

    def _collect_static_files(self) -> None:
        stamp, state = settings.DATA_DIR / "static.stamp", _state_of_static_files()
        if stamp.is_file() and Path(settings.STATIC_ROOT).is_dir() and stamp.read_text() == state:
            return
        self.stdout.write(gettext("Collecting static files ..."))
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)

    def _say_where(self, port: int) -> None:
        self.stdout.write(gettext("Open %(address)s") % {"address": f"http://127.0.0.1:{port}/"})
        if seed.can_be_signed_in_to():
            self.stdout.write(
                gettext(
                    "Sign in as an admin:  %(admin)s\n"
                    "     or as a user:     %(user)s\n"
                    "password of both:     %(password)s"
                )
                % {
                    "admin": people.ADMIN_EMAIL,
                    "user": people.USER_EMAIL,
                    "password": people.PASSWORD,
                }
            )


def _state_of_static_files() -> str:
    """Answer a sum that changes with our files, with the packages that bring others, and with the settings
    that say which. File dates suffice for ours; the requirements are pinned."""
    digest = hashlib.sha256()
    for path in sorted((settings.BASE_DIR / "static").rglob("*")):
        about = path.stat()
        digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    for name in ("requirements.txt", "helpdesk/settings.py"):
        digest.update((settings.BASE_DIR / name).read_bytes())
    return digest.hexdigest()
