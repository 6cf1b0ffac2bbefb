"""A file somebody has sent for a message they have not sent yet."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.outages import is_disk_full
from helpdesk.text.numbers import in_digits

from ..errors import FileRefused
from ..files.content_types import HEAD, TOLD, UNKNOWN, refuse_disguise, type_of
from ..files.names import cleaned_name, random_path
from ..files.previews import REFUSALS, TYPES
from .preview import Preview

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)

NAME_LENGTH = 255
# Of one person, in all their forms: nobody fills the disk with files they never send.
WAITING_AT_MOST = 100
WAITS_FOR = timedelta(hours=24)
# What one person may send within a day, counted in messages with as many and as large files as they may have:
# more than anybody has to send, less than a disk. Who works tickets is not counted.
FULL_MESSAGES_A_DAY = 10
DAY = timedelta(days=1)


class File(models.Model):
    """What is known of a file.

    name: what its sender calls it, cleaned. content_type: found in its first bytes, never what the browser
    said. sha256: of its content, hexadecimal. preview: of what came before `Preview` had
    a table, the picture made from it. made, refusal: what stands in that table, if `with_previews` was asked.
    """

    made: str | None = None
    refusal: str | None = None

    name = models.CharField(max_length=NAME_LENGTH)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=random_path, max_length=100)
    preview = models.FileField(upload_to=random_path, max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type in TYPES

    @property
    def picture(self) -> str:
        """Where the picture lies that a page may show; "" if there is none, or none yet."""
        return self.preview.name or self.made or ""

    @property
    def missing_picture(self) -> str:
        """Why there is no picture, in a sentence; "" if there is one, and for files that have none."""
        if self.picture or self.made is None:
            return ""
        return str(REFUSALS.get(self.refusal or "", _("The preview is being made.")))

    @property
    def told_type(self) -> str:
        """What a browser may be told it is."""
        return self.content_type if self.content_type in TOLD else UNKNOWN

    @property
    def path(self) -> str:
        """Where it lies in the storage; "" once it is redacted."""
        return self.file.name or ""

    @property
    def paths(self) -> list[str]:
        """Where it lies in the storage, with its preview."""
        return [name for name in (self.file.name, self.preview.name) if name]


F = TypeVar("F", bound=File)


def with_previews(files: Iterable[F]) -> list[F]:
    """Have each of these files know its preview. One query; none where there is no picture."""
    known = list(files)
    pictures = {file.path: file for file in known if file.is_picture}
    for preview in Preview.objects.filter(source__in=pictures) if pictures else ():
        file = pictures[preview.source]
        file.made, file.refusal = preview.file.name or "", preview.refusal
    return known


class UploadQuerySet(models.QuerySet["Upload"]):
    def waiting(self, owner: "User", form: str) -> Self:
        """The files sent for one form of a person, in the order they came."""
        return self.filter(owner=owner, form=form).order_by("pk")

    def forgotten(self, now: datetime) -> Self:
        """Those that have waited for longer than a day."""
        return self.filter(created_at__lt=now - WAITS_FOR)

    def receive(self, file: "UploadedFile[Any]", *, owner: "User", form: str) -> "Upload":
        """Store a file and let it wait for its form. The same file under the same name, sent again to a form
        it waits for, is answered as it waits: the first answer may never have arrived.

        The content is on the disk before the row is there; a row never names a file that is missing.
        Raises FileRefused, with a sentence that names it.
        """
        name = cleaned_name(file.name or "")
        self._refuse_size(name, file.size or 0)
        file.seek(0)
        found = type_of(file.read(HEAD))
        refuse_disguise(name, found)
        upload = Upload(owner=owner, form=form, name=name, content_type=found, size=file.size or 0)
        upload.sha256 = _sha256(file)
        if same := self._same_or_room(upload):
            return same
        upload.created_at = timezone.now()
        with _told_if_full(name):
            file.seek(0)
            upload.file.save(name, file, save=False)
        try:
            with transaction.atomic():
                # Two sent at once must not both be the tenth, nor the same file twice.
                get_user_model()._base_manager.select_for_update().get(pk=owner.pk)
                same = self._same_or_room(upload)
                if same is None:
                    upload.save()
                    Preview.objects.ask_for(upload.path, found)
        except FileRefused:
            upload._delete_files()
            raise
        # After any other error nobody knows whether the row is there: a connection may be lost just after
        # COMMIT. The file stays, and the sweep takes it if no row names it.
        if same is not None:
            upload._delete_files()
            return same
        return upload

    @staticmethod
    def _refuse_size(name: str, size: int) -> None:
        most = settings.FILE_SIZE_MB
        if not size:
            raise FileRefused(gettext("“%(name)s” is empty. It was not uploaded.") % {"name": name})
        if size > most * 1024 * 1024:
            raise FileRefused(
                gettext("“%(name)s” is too large: a file may have at most %(most)d MB. It was not uploaded.")
                % {"name": name, "most": most}
            )

    def _same_or_room(self, upload: "Upload") -> "Upload | None":
        """Find the same file, waiting for the same form. Raises FileRefused if it is new and one too many."""
        waiting = self.waiting(upload.owner, upload.form)
        if same := waiting.filter(name=upload.name, sha256=upload.sha256).first():
            return same
        most = settings.FILES_PER_MESSAGE
        if waiting.count() >= most:
            raise FileRefused(
                ngettext(
                    "“%(name)s” was not uploaded: at most %(most)d file can be sent along.",
                    "“%(name)s” was not uploaded: at most %(most)d files can be sent along.",
                    most,
                )
                % {"name": upload.name, "most": most}
            )
        if self.filter(owner=upload.owner).count() >= WAITING_AT_MOST:
            raise FileRefused(
                gettext(
                    "“%(name)s” was not uploaded: too many of your files wait to be sent. "
                    "Send or remove some first."
                )
                % {"name": upload.name}
            )
        self._refuse_beyond_the_day(upload)
        return None

    def _refuse_beyond_the_day(self, upload: "Upload") -> None:
        """Count what waits and what was sent since yesterday: what is removed makes room again."""
        owner = upload.owner
        if owner.can_work_tickets:
            return
        most = FULL_MESSAGES_A_DAY * settings.FILES_PER_MESSAGE * settings.FILE_SIZE_MB
        attachments = apps.get_model("tickets", "Attachment").objects
        sent = attachments.filter(event__actor=owner, event__at__gt=timezone.now() - DAY)
        sizes = [rows.aggregate(size=Sum("size"))["size"] or 0 for rows in (self.filter(owner=owner), sent)]
        if sum(sizes) + upload.size > most * 1024 * 1024:
            raise FileRefused(
                gettext(
                    "“%(name)s” was not uploaded: within a day you can send %(most)s MB of files. "
                    "Please send it tomorrow."
                )
                % {"name": upload.name, "most": in_digits(most)}
            )


class Upload(File):
    """form: which form of the owner's it was sent for ("reply-41", "note-41", a submission key); there it
    waits, whatever becomes of the page, until the message is sent or the sweep takes it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes = [
            # A form's files, in the order they came
            models.Index(fields=["owner", "form", "id"], name="upload_of_form"),
            # The sweep: oldest first
            models.Index(fields=["created_at"], name="upload_oldest"),
        ]

    def remove(self) -> bool:
        """Remove the row, and the file once that is committed. False if somebody else was first: the file
        may belong to a message by now.
        """
        with transaction.atomic():
            if not self.delete()[0]:
                return False
            Preview.objects.forget([self.path])
            transaction.on_commit(self._delete_files, robust=True)
        return True

    def _delete_files(self) -> None:
        for path in self.paths:
            default_storage.delete(path)


@contextmanager
def _told_if_full(name: str) -> Iterator[None]:
    """Refuse a file for which the disk has no room; what was written of it is gone already."""
    try:
        yield
    except OSError as error:
        if not is_disk_full(error):
            raise
        logger.error("A file was refused: there is no room left in %s.", settings.MEDIA_ROOT)
        raise FileRefused(
            gettext(
                "“%(name)s” was not uploaded: the help desk has no room left for files. "
                "Please tell those who run it."
            )
            % {"name": name}
        ) from error


def _sha256(file: "UploadedFile[Any]") -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in iter(partial(file.read, HEAD), b""):
        digest.update(piece)
    return digest.hexdigest()
