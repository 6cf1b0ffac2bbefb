"""Write the mails about tickets whose moment has come."""

from typing import Any

from django.core.management.base import BaseCommand

from tickets.mail.outbound.delivery import send_due_mail


class Command(BaseCommand):
    help = (
        "Writes the mails about tickets that are due and leaves them to the worker to deliver. The worker does "
        "this by itself every 15 seconds; twice sends nothing twice."
    )

    def handle(self, **options: Any) -> None:
        number = send_due_mail()
        if options["verbosity"] > 0:
            self.stdout.write(f"Mails were written to {number} {'person' if number == 1 else 'people'}.")
