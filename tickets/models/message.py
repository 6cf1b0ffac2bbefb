"""The words of an event, apart from it: where they are shown, and nowhere tickets are listed."""

from django.db import models

from helpdesk.db.append_only import AppendOnlyModel, AppendOnlyQuerySet
from helpdesk.db.hash_chain import digest, new_salt


class Part(models.TextChoices):
    TITLE = "title"
    DESCRIPTION = "description"
    TEXT = "text"


class Message(AppendOnlyModel):
    """digest: what the event's hash holds of the words. salt: so that nobody finds blanked words by
    trying; blank together with them.
    """

    # By the command redact_person and its like; verify_log asks for the event that says so.
    blankable = ("body", "salt")

    event = models.ForeignKey("tickets.TicketEvent", models.PROTECT, related_name="messages")
    part = models.CharField(max_length=20, choices=Part)
    body = models.TextField()
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["event", "part"], name="one_message_per_part")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of event {self.event_id}"

    @classmethod
    def of_words(cls, part: str, body: str) -> "Message":
        """A message that is not saved yet, with its digest."""
        message = cls(part=part, body=body, salt=new_salt())
        message.digest = message.computed_digest()
        return message

    @property
    def is_redacted(self) -> bool:
        return not self.salt

    @property
    def leftovers(self) -> str:
        """What should be empty once it is redacted."""
        return self.body

    def computed_digest(self) -> str:
        """What the digest has to be, from the words as they stand here."""
        return digest(self.salt, self.body)
