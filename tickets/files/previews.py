"""A picture made from a file that is safe to show on a page: decoded, and written anew."""

import logging
import threading
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

logger = logging.getLogger(__name__)

TYPES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
PREVIEW_TYPE = "image/webp"
SIDE, PIXELS = 1280, 40_000_000
# A picture at the limit takes 160 MB while it is decoded.
_one_at_a_time = threading.Lock()


def preview_of(file: IO[bytes], content_type: str) -> bytes | None:
    """Decode the picture and write it anew: at most 1280 pixels wide and high, its first frame, nothing of
    its metadata. None if it is no picture of the four types, too large, or broken.
    """
    if content_type not in TYPES:
        return None
    try:
        with _one_at_a_time, Image.open(file, formats=[TYPES[content_type]]) as picture:
            if picture.width * picture.height > PIXELS:
                return None
            return _written_anew(picture)
    except Exception as error:
        # What a decoder stumbles over is the sender's affair, and anything it may raise.
        logger.info("No preview: %s", type(error).__name__)
        return None
    finally:
        file.seek(0)


def _written_anew(picture: Image.Image) -> bytes:
    # JPEG decodes at a fraction of its size where that is enough.
    picture.draft(None, (SIDE * 2, SIDE * 2))
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((SIDE, SIDE))
    mode = "RGBA" if turned.has_transparency_data else "RGB"
    clean = Image.new(mode, turned.size)
    clean.paste(turned.convert(mode))
    written = BytesIO()
    clean.save(written, "WEBP", quality=85)
    return written.getvalue()
