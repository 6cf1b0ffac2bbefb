"""Where files lie: in a folder no address leads to, and on the disk before a row names them."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

# What files leave free on their disk, of a small one a twentieth: the database may lie there, and must go on.
RESERVE = 256 * 1024 * 1024
SMALL_DISK = 20


class SyncedStorage(FileSystemStorage):
    """Answers a save only when the file and its folders would survive a power cut. A save that fails, on a
    full disk above all, leaves nothing; a disk counts as full before its last byte. Names are random: no
    other file has the one that is taken away.
    """

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        try:
            _refuse_reserve(path, content.size)
            saved: str = super()._save(name, content)  # type: ignore[misc]
            _sync(path)
            # The entry of the file in its folder, and of that folder in the one above.
            _sync(path.parent)
            _sync(path.parent.parent)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return saved


def _refuse_reserve(path: Path, size: int) -> None:
    # The storage makes its folders with the first file.
    disk = shutil.disk_usage(next(folder for folder in path.parents if folder.exists()))
    if disk.free - size < min(RESERVE, disk.total // SMALL_DISK):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
