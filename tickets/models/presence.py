"""Who has a ticket's page open in the console at this moment. No history: forgotten after half a minute."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

# Three times what an open page takes to say that it is still there.
FORGOTTEN_AFTER = timedelta(seconds=30)


def _counts_as_now() -> tuple[datetime, datetime]:
    """What counts as now. Before it somebody has left; beyond it a clock was ahead that is right again."""
    now = timezone.now()
    return now - FORGOTTEN_AFTER, now + FORGOTTEN_AFTER


class PresenceQuerySet(models.QuerySet["Presence"]):
    def current(self) -> Self:
        return self.filter(seen_at__range=_counts_as_now())

    def stale(self) -> Self:
        return self.exclude(seen_at__range=_counts_as_now())

    def others(self, person: "User", ticket: models.Model) -> Self:
        """Who else is at this ticket now, those who write first."""
        here = self.current().filter(ticket_id=ticket.pk, person__is_active=True).exclude(person=person)
        return here.order_by("-writing", "person__last_name", "person_id")

    def enter(self, person: "User", ticket: models.Model, *, writing: bool) -> None:
        """Note that this person looks at the ticket, or writes a reply; forget who has gone from it."""
        self.stale().filter(ticket_id=ticket.pk).exclude(person=person).delete()
        now = timezone.now()
        self.update_or_create(
            ticket_id=ticket.pk, person=person, defaults={"writing": writing, "seen_at": now}
        )

    def leave(self, person: "User", ticket: models.Model) -> None:
        self.filter(ticket_id=ticket.pk, person=person).delete()


class Presence(models.Model):
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "person"], name="one_presence_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at ticket {self.ticket_id}"
