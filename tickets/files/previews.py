"""A picture made from a file that is safe to show on a page: decoded in a process of its own, and written anew."""

import logging
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from . import preview_process

logger = logging.getLogger(__name__)

TYPES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
PREVIEW_TYPE = "image/webp"
# Pixels.
PREVIEW_SIDE = 1280
# By the clock; of the processor it gets a quarter of that.
SECONDS = 4 * preview_process.SECONDS
# Code, as it is stored -> what people read.
REFUSALS = {
    "broken": _("No preview: the picture cannot be read."),
    "large": _("No preview: the picture is too large for one."),
    "slow": _("No preview: the picture takes too long to read."),
}
_CODES = {
    preview_process.TOO_LARGE: "large",
    preview_process.TOO_MANY_SCANS: "slow",
    -signal.SIGXCPU: "slow",
    -signal.SIGKILL: "slow",
}


class NoPreview(Exception):
    """There can be none. code: of REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def preview_of(file: IO[bytes], content_type: str) -> bytes:
    """Decode the picture and write it anew, as WebP of at most PREVIEW_SIDE: see written_anew."""
    return written_anew(file, content_type, "WEBP", PREVIEW_SIDE)


def written_anew(file: IO[bytes], content_type: str, as_kind: str, side: int) -> bytes:
    """Decode the picture and write its first frame anew, with nothing of its metadata.

    file: a real one, at its beginning. content_type: one of TYPES. as_kind: what it becomes, as Pillow names it.
    side: how wide and high it may be at most, in pixels.
    Raises NoPreview. Takes up to a minute, 15 seconds of a processor and 350 MB in another process.
    """
    process = str(Path(preview_process.__file__))
    command = [sys.executable, "-I", process, TYPES[content_type], as_kind, str(side)]
    try:
        done = subprocess.run(command, stdin=file, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603, our own
    except subprocess.TimeoutExpired as error:
        raise NoPreview("slow") from error
    if done.returncode:
        code = _CODES.get(done.returncode, "broken")
        logger.info(
            "No preview: %s (%d). %s", code, done.returncode, done.stderr.decode(errors="replace")[-200:]
        )
        raise NoPreview(code)
    return done.stdout
