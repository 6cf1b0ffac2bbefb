"""Who follows a ticket beside its requester and assignee, and who wants to hear no more of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class WatchQuerySet(models.QuerySet["Watch"]):
    def watch(self, person: "User", ticket: models.Model) -> None:
        """Let this person hear of everything on the ticket from now on."""
        self.update_or_create(person=person, ticket_id=ticket.pk, defaults={"muted": False})

    def mute(self, person: "User", ticket: models.Model) -> None:
        """Let this person hear no more of the ticket, unless they are mentioned or it is assigned to them.

        Writing under it does not start it again; that is what the row stays for.
        """
        self.update_or_create(person=person, ticket_id=ticket.pk, defaults={"muted": True})

    def begin(self, people: "Iterable[User]", ticket: models.Model) -> None:
        """Let those watch who take part now; who chose once is left alone. One query, none for nobody."""
        rows = [Watch(person=person, ticket_id=ticket.pk) for person in people]
        if rows:
            Watch.objects.bulk_create(rows, ignore_conflicts=True)


class Watch(models.Model):
    """Whoever answers, notes or is mentioned watches by it. No row: hears as requester or assignee alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="watches")
    muted = models.BooleanField(default=False)

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "person"], name="one_watch_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {'mutes' if self.muted else 'watches'} ticket {self.ticket_id}"
