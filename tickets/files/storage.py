"""Where files lie: in a folder no address leads to, and on the disk before a row names them."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class SyncedStorage(FileSystemStorage):
    """Answers a save only when the file and its folders would survive a power cut. A save that fails, on a
    full disk above all, leaves nothing. Names are random: no other file has the one that is taken away.
    """

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
            _sync(path)
            # The entry of the file in its folder, and of that folder in the one above.
            _sync(path.parent)
            _sync(path.parent.parent)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return saved


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
