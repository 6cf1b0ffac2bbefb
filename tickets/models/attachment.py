"""A file that belongs to an event: sent along with a ticket, a reply or a note."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.db.append_only import AppendOnlyModel, AppendOnlyQuerySet
from helpdesk.db.hash_chain import digest, new_salt

from .upload import File, Upload


class Attachment(AppendOnlyModel, File):
    """digest: what the event's hash holds of it. salt: blank once the file is redacted, together with its
    name, its sha256 and the file itself.
    """

    blankable = ("name", "salt", "sha256", "file", "preview")

    event = models.ForeignKey("tickets.TicketEvent", models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField(help_text=_("Among the event's files, from 1."))
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="one_attachment_per_position")
        ]
        ordering = ["event", "position"]

    @classmethod
    def of_upload(cls, upload: Upload, position: int) -> "Attachment":
        """An attachment that is not saved yet, of a file that lies in the storage already."""
        attachment = cls(
            position=position,
            name=upload.name,
            content_type=upload.content_type,
            size=upload.size,
            sha256=upload.sha256,
            file=upload.file.name,
            preview=upload.preview.name or "",
            salt=new_salt(),
        )
        attachment.digest = attachment.computed_digest()
        return attachment

    @property
    def is_redacted(self) -> bool:
        return not self.salt

    @property
    def leftovers(self) -> str:
        """What should be empty once it is redacted."""
        return self.name + self.sha256 + (self.file.name or "") + (self.preview.name or "")

    def computed_digest(self) -> str:
        """What the digest has to be, from the row's other columns; also where the file and its preview lie,
        so that nobody puts another one in their place.
        """
        places = (self.file.name or "", self.preview.name or "")
        return digest(self.salt, self.name, self.content_type, self.size, self.sha256, *places)
