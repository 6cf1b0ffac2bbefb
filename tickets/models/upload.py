"""A file somebody has sent for a message they have not sent yet."""

import secrets

from django.conf import settings
from django.db import models

NAME_LENGTH = 255


def random_path(row: models.Model, name: str = "") -> str:
    """Where a file lies in the storage: nothing of what its sender calls it (256 bit, RFC 4648 base32-like)."""
    token = secrets.token_hex(32)
    return f"{token[:2]}/{token}"


class File(models.Model):
    """What is known of a file.

    name: what its sender calls it, cleaned. content_type: found in its first bytes, never what the browser
    said. sha256: of its content, hexadecimal. preview: a picture made from it that is safe to show; "" if none.
    """

    name = models.CharField(max_length=NAME_LENGTH)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=random_path, max_length=100)
    preview = models.FileField(upload_to=random_path, max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Upload(File):
    """form: which form of the owner's it was sent for ("reply-41", "note-41", a submission key); there it
    waits, whatever becomes of the page, until the message is sent or the sweep takes it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            # A form's files, in the order they came
            models.Index(fields=["owner", "form", "id"], name="upload_of_form"),
            # The sweep: oldest first
            models.Index(fields=["created_at"], name="upload_oldest"),
        ]
