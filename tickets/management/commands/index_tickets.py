"""Operators, and the worker once a day, index the tickets that a search would miss."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.folded_field import refold
from helpdesk.management.base import BaseCommand
from tickets.models import Feedback
from tickets.search import index


class Command(BaseCommand):
    help = _(
        "Index the tickets and comments that a search would miss: those another version wrote while this one was "
        "installed. What was removed for good leaves the index as well. The worker does it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help=gettext("Index every ticket anew."))

    def handle(self, **options: Any) -> None:
        comments = refold(Feedback)
        tickets = index.fill(all_tickets=options["all"])
        index.forget_removed_words()
        self.stdout.write(
            gettext("Indexed %(tickets)s and %(comments)s.")
            % {
                "tickets": ngettext("%(count)d ticket", "%(count)d tickets", tickets) % {"count": tickets},
                "comments": ngettext("%(count)d comment", "%(count)d comments", comments)
                % {"count": comments},
            }
        )
