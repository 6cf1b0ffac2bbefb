"""Operators, and the worker once a day, purge what has been in the trash for long."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from tickets.errors import TicketError
from tickets.models import Ticket

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = _(
        "Remove for good the words and files of tickets that have been in the trash for HELPDESK_TRASH_DAYS "
        "days. The worker does it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=gettext("Only count them."))

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        days = settings.TRASH_DAYS
        overdue = Ticket.objects.overdue_in_trash(timezone.now() - timedelta(days=days))
        if dry_run:
            self.stdout.write(
                ngettext(
                    "Would purge %(number)d, in the trash for more than %(days)d day.",
                    "Would purge %(number)d, in the trash for more than %(days)d days.",
                    days,
                )
                % {"number": overdue.count(), "days": days}
            )
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
        self.stdout.write(
            ngettext(
                "Purged %(number)d, in the trash for more than %(days)d day; %(failed)d failed.",
                "Purged %(number)d, in the trash for more than %(days)d days; %(failed)d failed.",
                days,
            )
            % {"number": purged, "days": days, "failed": failed}
        )
