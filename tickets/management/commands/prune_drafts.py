"""Operators, and the worker once a day, remove what somebody began to write and has not touched for a week."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.management.base import BaseCommand
from tickets.models import Draft, SubmissionDraft


class Command(BaseCommand):
    help = _(
        "Remove drafts of replies, notes and new tickets that nobody has touched for a week. "
        "The worker does it once a day."
    )

    def handle(self, **options: Any) -> None:
        number = Draft.objects.stale().delete()[0] + SubmissionDraft.objects.stale().delete()[0]
        self.stdout.write(
            ngettext("Removed %(count)d draft.", "Removed %(count)d drafts.", number) % {"count": number}
        )
