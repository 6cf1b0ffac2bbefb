"""Files that others on the machine must not read."""

from contextlib import suppress
from pathlib import Path


def keep_private(path: Path) -> None:
    """Take the rights of others from a file that an earlier version made readable for all. Nothing if it is not
    there, or is somebody else's to change.
    """
    with suppress(OSError):
        mode = path.stat().st_mode
        if mode & 0o007:
            path.chmod(mode & 0o770)
