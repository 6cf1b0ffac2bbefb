"""Operators, and the worker once a day, remove files nobody will send or read."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from tickets.uploads.cleanup import sweep


class Command(BaseCommand):
    help = _(
        "Remove files that have waited for their message for a day, and files on disk that no row names. "
        "The worker does it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=gettext("Only count them."))

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        swept = sweep(dry_run=dry_run)
        done = (
            gettext("Would remove %(uploads)d never sent and %(strays)d without a row.")
            if dry_run
            else gettext("Removed %(uploads)d never sent and %(strays)d without a row.")
        )
        self.stdout.write(done % {"uploads": swept.uploads, "strays": swept.strays})
