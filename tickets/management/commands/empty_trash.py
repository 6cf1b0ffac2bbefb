"""Operators, and the worker once a day, purge what has been in the trash for long."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tickets.errors import TicketError
from tickets.models import Ticket

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Remove for good the words and files of tickets that have been in the trash for HELPDESK_TRASH_DAYS "
        "days. The worker does it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count them.")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        days = settings.TRASH_DAYS
        overdue = Ticket.objects.overdue_in_trash(timezone.now() - timedelta(days=days))
        if dry_run:
            self.stdout.write(f"Would purge {overdue.count()}, in the trash for more than {days} days.")
            return
        purged = failed = 0
        for ticket in overdue:
            try:
                ticket.purge(by=None)
                purged += 1
            except TicketError:
                # Restored, or purged by somebody else, meanwhile.
                continue
            except Exception:
                # One that cannot be purged does not keep the others.
                logger.exception("%s could not be purged.", ticket.reference)
                failed += 1
        self.stdout.write(f"Purged {purged}, in the trash for more than {days} days; {failed} failed.")
