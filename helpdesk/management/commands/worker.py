"""Runs what happens later: `manage.py worker`."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.upgrades import require_current_database
from helpdesk.management.base import BaseCommand
from helpdesk.tasks.worker import INTERVAL_SECONDS, Worker


class Command(BaseCommand):
    help = _(
        "Send mail and do everything else that happens later, until Ctrl+C or SIGTERM; the task at hand is "
        "finished first. As many as you like may run at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help=gettext("Do what is due, and end."))
        parser.add_argument(
            "--interval",
            type=float,
            default=INTERVAL_SECONDS,
            help=gettext(
                "How many seconds an idle worker rests before it looks again, 0.1 to 60 (%(default)s)."
            ),
        )

    def handle(self, *, once: bool, interval: float, **options: Any) -> None:
        if not 0.1 <= interval <= 60:
            raise CommandError(gettext("--interval is a number of seconds from 0.1 to 60."))
        require_current_database(connection)
        worker = Worker(interval=interval, batch=once)
        worker.configure_signals()
        worker.run()
