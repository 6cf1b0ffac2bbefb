"""Operators remove what should never have been written: a password in a reply."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tickets.models import Ticket


class Command(BaseCommand):
    help = (
        "Remove for good the words and files of some events of a ticket. What happened and when stays. "
        "The address of an entry on the ticket's page in the console ends in its number: #e7. (Requesters "
        "count only what they see.)"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="The ticket's number.")
        parser.add_argument("events", type=int, nargs="+", help="The numbers of the events, from 1.")

    def handle(self, *, number: int, events: list[int], **options: Any) -> None:
        ticket = Ticket.objects.filter(pk=number, purged_at=None).first()
        if ticket is None:
            raise CommandError(f"There is no ticket {number}.")
        if missing := sorted(set(events) - set(range(1, ticket.version + 1))):
            raise CommandError(f"{ticket.reference} has {ticket.version} events, no event {missing[0]}.")
        before = ticket.version
        ticket.redact(events, by=None)
        ticket.refresh_from_db()
        done = "Removed." if ticket.version > before else "There was nothing left to remove."
        self.stdout.write(f"{ticket.reference}: {done}")
