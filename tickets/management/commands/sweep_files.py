"""Operators, and the worker once a day, remove files nobody will send or read."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tickets.uploads.cleanup import sweep


class Command(BaseCommand):
    help = (
        "Remove files that have waited for their message for a day, and files on disk that no row names. "
        "The worker does it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count them.")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        swept = sweep(dry_run=dry_run)
        verb = "Would remove" if dry_run else "Removed"
        self.stdout.write(f"{verb} {swept.uploads} never sent and {swept.strays} without a row.")
