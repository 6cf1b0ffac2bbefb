"""Somebody named in an internal note: who is meant to read it."""

from django.conf import settings
from django.db import models

from helpdesk.db.append_only import InsertOnlyModel, InsertOnlyQuerySet


class Mention(InsertOnlyModel):
    event = models.ForeignKey("tickets.TicketEvent", models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions")

    objects = InsertOnlyQuerySet.as_manager()

    class Meta(InsertOnlyModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_mention_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in event {self.event_id}"
