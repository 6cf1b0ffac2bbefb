"""Write the mails about tickets whose moment has come."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.management.base import BaseCommand
from tickets.mail.outbound.delivery import send_due_mail


class Command(BaseCommand):
    help = _(
        "Writes the mails about tickets that are due and leaves them to the worker to deliver. The worker does "
        "this by itself every 15 seconds; twice sends nothing twice."
    )

    def handle(self, **options: Any) -> None:
        number = send_due_mail()
        if options["verbosity"] > 0:
            self.stdout.write(
                ngettext(
                    "Mails were written to %(count)d person.",
                    "Mails were written to %(count)d people.",
                    number,
                )
                % {"count": number}
            )
