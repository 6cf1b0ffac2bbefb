"""Operators remove what somebody wrote, for good."""

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management.base import CommandError
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.offboarding import forget_words
from helpdesk.mail.addresses import one_spelling
from helpdesk.management.base import BaseCommand
from helpdesk.models import AuditEvent
from tickets.audit import AuditKind
from tickets.models import Ticket, TicketEvent


class Command(BaseCommand):
    help = _(
        "Remove for good the words and files of one person from all tickets: titles, descriptions, replies, "
        "notes, comments; and their drafts, unsent files, own canned replies and saved views. What happened and "
        "when stays, and the log says that it was removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help=gettext("The person's address."))
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("Only count what would be removed.")
        )

    def handle(self, *, email: str, dry_run: bool, **options: Any) -> None:
        person = User.objects.filter(email=one_spelling(email)).first()
        if person is None:
            raise CommandError(gettext("Nobody has the address %(email)s.") % {"email": email})
        versions: dict[int, list[int]] = defaultdict(list)
        worded = TicketEvent.objects.filter(
            models.Exists(_left("messages")) | models.Exists(_left("attachments")), actor=person
        )
        for number, version in worded.values_list("ticket_id", "version"):
            versions[number].append(version)
        events = sum(map(len, versions.values()))
        tickets = len(versions)
        numbers = {
            "events": ngettext("%(count)d event", "%(count)d events", events) % {"count": events},
            "tickets": ngettext("%(count)d ticket", "%(count)d tickets", tickets) % {"count": tickets},
        }
        if dry_run:
            self.stdout.write(
                gettext("Would remove the words and files of %(events)s on %(tickets)s.") % numbers
            )
            return
        forget_words(person)
        for number, theirs in sorted(versions.items()):
            Ticket.objects.get(pk=number).redact(theirs, by=None)
        if events:
            AuditEvent.log(AuditKind.REDACTED, person=person, by=None, events=events)
        self.stdout.write(gettext("Removed the words and files of %(events)s on %(tickets)s.") % numbers)


def _left(parts: str) -> models.QuerySet[Any]:
    """The words or files of an event that are there still."""
    model: Any = TicketEvent._meta.get_field(parts).related_model
    left: models.QuerySet[Any] = model.objects.filter(event=models.OuterRef("pk")).exclude(salt="")
    return left
