"""What pages show of a picture somebody has sent: made later, by the worker."""

from collections.abc import Collection
from functools import partial
from typing import Self

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from helpdesk.tasks.task import task

from ..files.names import random_path
from ..files.previews import TYPES, NoPreview, preview_of


class PreviewQuerySet(models.QuerySet["Preview"]):
    def ask_for(self, source: str, content_type: str) -> None:
        """Have the worker make the preview of a picture; nothing for other files. In the caller's transaction.

        source: where the picture lies in the storage. content_type: as found in it.
        """
        if content_type in TYPES:
            self.create(source=source)
            make_preview.enqueue(source, content_type)

    def waiting(self) -> Self:
        return self.filter(file="", refusal="")

    def orphaned(self) -> Self:
        """Those of pictures that are gone with their owner's account, say."""
        named = [
            apps.get_model("tickets", name).objects.filter(file=models.OuterRef("source"))
            for name in ("Upload", "Attachment")
        ]
        return self.exclude(models.Exists(named[0]) | models.Exists(named[1]))

    def forget(self, sources: Collection[str]) -> None:
        """Remove the previews of these pictures, in the caller's transaction, and the files once it is committed."""
        rows = self.filter(source__in=sources)
        paths = [path for path in rows.values_list("file", flat=True) if path]
        rows.delete()
        for path in paths:
            transaction.on_commit(partial(default_storage.delete, path), robust=True)


class Preview(models.Model):
    """source: where the picture lies, whether it waits for its message or belongs to one. file: "" until it is
    made. refusal: why there is none, a code of REFUSALS; "" otherwise.
    """

    source = models.CharField(max_length=100, unique=True)
    file = models.FileField(upload_to=random_path, max_length=100, blank=True)
    refusal = models.CharField(max_length=20, blank=True)

    objects = PreviewQuerySet.as_manager()

    def __str__(self) -> str:
        return self.source


# Behind mail: nobody waits for it. A picture at which a worker dies three times stays without.
@task(attempts=3, words=_("Make a preview of a picture"), priority=-10)
def make_preview(source: str, content_type: str) -> None:
    """Make the preview that waits for it. Does nothing the second time, and where the picture is gone."""
    waiting = Preview.objects.waiting().filter(source=source)
    if not waiting.exists():
        return
    try:
        with default_storage.open(source) as picture:
            content = preview_of(picture, content_type)
    except FileNotFoundError:
        return
    except NoPreview as no:
        waiting.update(refusal=no.code)
        return
    path = default_storage.save(random_path(), ContentFile(content))
    if not waiting.update(file=path):
        # Removed meanwhile, or made by another worker.
        default_storage.delete(path)
