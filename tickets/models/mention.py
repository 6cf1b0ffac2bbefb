"""Somebody named in an internal note: who is meant to read it."""

from django.conf import settings
from django.db import models

from helpdesk.db.append_only import AppendOnlyModel, AppendOnlyQuerySet


class Mention(AppendOnlyModel):
    event = models.ForeignKey("tickets.TicketEvent", models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_mention_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in event {self.event_id}"
