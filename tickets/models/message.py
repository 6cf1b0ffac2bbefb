"""The words of an event, apart from it: where they are shown, and nowhere tickets are listed."""

from django.db import models

from .insert_only import InsertOnlyModel, InsertOnlyQuerySet


class Part(models.TextChoices):
    TITLE = "title"
    DESCRIPTION = "description"
    TEXT = "text"


class Message(InsertOnlyModel):
    event = models.ForeignKey("tickets.TicketEvent", models.PROTECT, related_name="messages")
    part = models.CharField(max_length=20, choices=Part)
    body = models.TextField()

    objects = InsertOnlyQuerySet.as_manager()

    class Meta(InsertOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["event", "part"], name="one_message_per_part")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of event {self.event_id}"
