"""What somebody has typed and not sent yet, kept so that no closed window loses it."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from helpdesk.db.locks import one_at_a_time

if TYPE_CHECKING:
    from accounts.models import User

KEPT_FOR = timedelta(days=7)


def keeping_drafts_of(person: "User") -> AbstractContextManager[bool]:
    """Let no draft of this person be kept or forgotten beside, until the transaction ends: one that is on its way while
    its words are sent must not come back after.
    """
    return one_at_a_time(f"drafts of {person.pk}")


class Visibility(models.TextChoices):
    """To whom one writes: the other side, or one's colleagues alone."""

    REPLY = "reply"
    NOTE = "note"


class DraftQuerySet(models.QuerySet["Draft"]):
    def stale(self, now: datetime | None = None) -> Self:
        """Drafts nobody has touched for a week. now: None for this moment."""
        return self.filter(updated_at__lt=(now or timezone.now()) - KEPT_FOR)

    def texts(self, person: "User", ticket: models.Model) -> dict[str, str]:
        """What this person has typed under this ticket: visibility -> text. One query."""
        return dict(self.filter(person=person, ticket_id=ticket.pk).values_list("visibility", "text"))

    def keep(self, text: str, *, ticket: models.Model, visibility: str, by: "User") -> "Draft | None":
        """Keep `text` in the place of what was there; an empty one forgets it, and None is answered."""
        place: dict[str, Any] = {"person": by, "ticket_id": ticket.pk, "visibility": visibility}
        if not text.strip():
            self.filter(**place).delete()
            return None
        now = timezone.now()
        draft, _ = self.update_or_create(**place, defaults={"text": text, "updated_at": now})
        return draft

    def forget(self, sent: str, kept: str, *, ticket: models.Model, visibility: str, by: "User") -> None:
        """Forget what is sent now. What the same person types under the ticket in another window stays.

        sent: the whole text. kept: what its page had kept of it last; "" if it does not know.
        """
        with keeping_drafts_of(by):
            for draft in self.filter(person=by, ticket_id=ticket.pk, visibility=visibility):
                if draft.is_part_of(sent) or draft.text == kept:
                    draft.delete()


class Draft(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="drafts")
    visibility = models.CharField(max_length=10, choices=Visibility)
    text = models.TextField()
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "ticket", "visibility"], name="one_draft_per_visibility"
            ),
        ]
        indexes = [
            # The sweep: oldest first
            models.Index(fields=["updated_at"], name="draft_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_visibility_display()} of {self.person_id} to ticket {self.ticket_id}"

    def is_part_of(self, sent: str) -> bool:
        """Say whether this is how a text that was sent begins: typing goes on after the last time it was kept."""
        return sent.startswith(self.text.strip())
