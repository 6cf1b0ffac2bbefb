"""Operators, and the worker once a day, index the tickets that a search would miss."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from helpdesk.db.folded_field import refold
from tickets.models import Feedback
from tickets.search import index


class Command(BaseCommand):
    help = (
        "Index the tickets and comments that a search would miss: those another version wrote while this one was "
        "installed. What was removed for good leaves the index as well. The worker does it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Index every ticket anew.")

    def handle(self, **options: Any) -> None:
        comments = refold(Feedback)
        tickets = index.fill(all_tickets=options["all"])
        index.forget_removed_words()
        self.stdout.write(f"Indexed {tickets} tickets and {comments} comments.")
