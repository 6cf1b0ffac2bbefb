"""Removing files nobody will ever send or read."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from ..models import Attachment, Preview, Upload

# A file this young may be waiting for its row.
STRAY_SECONDS = 3600


class Swept(NamedTuple):
    uploads: int
    strays: int


def sweep(*, dry_run: bool = False) -> Swept:
    """Remove what has waited for its message for a day, previews of what is gone, and files on disk that no
    row names.

    Answers how many of each; with dry_run, how many it would be.
    """
    forgotten = Upload.objects.forgotten(timezone.now())
    if dry_run:
        return Swept(forgotten.count(), len(_strays()))
    uploads = sum(upload.remove() for upload in list(forgotten))
    Preview.objects.orphaned().delete()
    strays = _strays()
    for path in strays:
        path.unlink(missing_ok=True)
    return Swept(uploads, len(strays))


def _strays() -> list[Path]:
    # First the disk, then the rows. And uploads before attachments: a file moves from one to the other.
    old = {str(path.relative_to(settings.MEDIA_ROOT)): path for path in _old_files()}
    for rows in (Upload.objects, Attachment.objects):
        for paths in rows.values_list("file", "preview").iterator(chunk_size=2000):
            for path in paths:
                old.pop(path, None)
    for path in Preview.objects.values_list("file", flat=True).iterator(chunk_size=2000):
        old.pop(path, None)
    return list(old.values())


def _old_files() -> Iterator[Path]:
    limit = time.time() - STRAY_SECONDS
    for path in Path(settings.MEDIA_ROOT).glob("*/*"):
        try:
            if path.is_file() and path.stat().st_mtime < limit:
                yield path
        except FileNotFoundError:
            # Redacted a moment ago.
            continue
