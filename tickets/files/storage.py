"""Where files lie: in a folder no address leads to, and on the disk before a row names them."""

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class SyncedStorage(FileSystemStorage):
    """Answers a save only when the file and its folders would survive a power cut."""

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(saved))
        _sync(path)
        # The entry of the file in its folder, and of that folder in the one above.
        _sync(path.parent)
        _sync(path.parent.parent)
        return saved


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
