"""Operators remove what should never have been written: a password in a reply."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from tickets.models import Ticket


class Command(BaseCommand):
    help = _(
        "Remove for good the words and files of some events of a ticket. What happened and when stays. "
        "The address of an entry on the ticket's page in the console ends in its number: #e7. (Requesters "
        "count only what they see.)"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help=gettext("The ticket's number."))
        parser.add_argument("events", type=int, nargs="+", help=gettext("The numbers of the events, from 1."))

    def handle(self, *, number: int, events: list[int], **options: Any) -> None:
        ticket = Ticket.objects.filter(pk=number, purged_at=None).first()
        if ticket is None:
            raise CommandError(gettext("There is no ticket %(number)d.") % {"number": number})
        if missing := sorted(set(events) - set(range(1, ticket.version + 1))):
            raise CommandError(
                ngettext(
                    "%(ticket)s has %(count)d event, no event %(missing)d.",
                    "%(ticket)s has %(count)d events, no event %(missing)d.",
                    ticket.version,
                )
                % {"ticket": ticket.reference, "count": ticket.version, "missing": missing[0]}
            )
        before = ticket.version
        ticket.redact(events, by=None)
        ticket.refresh_from_db()
        done = (
            gettext("%(ticket)s: Removed.")
            if ticket.version > before
            else gettext("%(ticket)s: There was nothing left to remove.")
        )
        self.stdout.write(done % {"ticket": ticket.reference})
