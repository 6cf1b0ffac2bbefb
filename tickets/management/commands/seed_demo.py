"""Fill an empty database with demo data."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from tickets.demo.seed import SEED, Contents, contents, seed_demo


class Command(BaseCommand):
    help = _(
        "Fills an empty database with demo data: 30 people and about 150 tickets of the last 90 days. "
        "Refused in production mode and on a database that holds anything else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed",
            type=int,
            default=SEED,
            metavar="NUMBER",
            help=gettext("Another number makes another demo (default: %(default)s)."),
        )

    def handle(self, *, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(gettext("Demo data has well-known passwords: it needs HELPDESK_MODE=demo."))
        held = contents()
        if held == Contents.OTHER:
            raise CommandError(
                gettext("This database holds other people or tickets than the demo's. Nothing was changed.")
            )
        if held == Contents.DEMO:
            self.stdout.write(gettext("The demo data is there already. Nothing was changed."))
            return
        started_at = monotonic()
        tickets = seed_demo(timezone.now(), seed)
        self.stdout.write(
            ngettext(
                "Made the demo: %(count)d ticket, in %(seconds).1f seconds.",
                "Made the demo: %(count)d tickets, in %(seconds).1f seconds.",
                tickets,
            )
            % {"count": tickets, "seconds": monotonic() - started_at}
        )
