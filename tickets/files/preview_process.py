"""A process of its own for one picture: from its input to its output, with bounds on memory and processor time.

Run as a file, by previews.py; it knows nothing of Django. The decoders are C, and take what they get from
anybody: a bomb or a fault of theirs ends this process and no other.
"""

import os
import re
import resource
import sys
from itertools import islice
from mmap import ACCESS_READ, mmap

MEMORY, SECONDS = 350 * 1024 * 1024, 15
# How it ends where there is no picture; beside these, by a signal.
BROKEN, TOO_LARGE, TOO_MANY_SCANS = 3, 4, 5
# A progressive JPEG has about ten. Each is a pass over all its pixels, and takes next to nothing in the file.
SCANS = 100
# A decoder in C that was refused memory often says "broken". Of so many pixels that is not believed.
MANY_PIXELS = 20_000_000
# Decoded, a picture is brought to colours and made smaller in bands: but for itself it takes next to no memory.
BAND = 32
# EXIF orientation -> what turns the picture upright, as names of Pillow's (EXIF 2.32, 4.6.4 A).
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def bound() -> None:
    """Take no more than that from here on, and let pages go first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def has_too_many_scans(descriptor: int) -> bool:
    """Count the passes of a JPEG. In what is compressed, these two bytes stand nowhere else."""
    with mmap(descriptor, 0, access=ACCESS_READ) as content:
        return sum(1 for _ in islice(re.finditer(rb"\xff\xda", content), SCANS + 1)) > SCANS


def main(kind: str, as_kind: str, side: int) -> int:
    """Write the picture on the input anew: its first frame, nothing of its metadata.

    kind, as_kind: what it is and what it becomes, as Pillow names them. side: how wide and high it may be at most,
    in pixels.
    """
    bound()
    from PIL import Image

    def in_colours(band: Image.Image, mode: str) -> Image.Image:
        if band.mode.startswith("I"):
            # Grey of 16 bits, which `convert` would cut off at 255.
            band = band.point(lambda grey: grey * (1 / 256)).convert("L")
        return band.convert(mode)

    def smaller(picture: Image.Image, mode: str) -> Image.Image:
        factor = max(1, max(picture.size) // (2 * side))
        width, height = picture.size
        made = Image.new(mode, (-(-width // factor), -(-height // factor)))
        for top in range(0, height, BAND * factor):
            band = picture.crop((0, top, width, min(height, top + BAND * factor)))
            made.paste(in_colours(band, mode).reduce(factor), (0, top // factor))
        made.thumbnail((side, side))
        return made

    # The bounds above are ours.
    Image.MAX_IMAGE_PIXELS = None
    pixels = 0
    try:
        if kind == "JPEG" and has_too_many_scans(sys.stdin.fileno()):
            return TOO_MANY_SCANS
        with Image.open(sys.stdin.buffer, formats=[kind]) as picture:
            pixels = picture.width * picture.height
            # JPEG decodes at a fraction of its size where that is enough.
            picture.draft(None, (side * 2, side * 2))
            picture.load()
            small = smaller(picture, "RGBA" if picture.has_transparency_data else "RGB")
            turn = TURNS.get(picture.getexif().get(0x0112, 1))
        upright = small.transpose(Image.Transpose[turn]) if turn else small
        upright.save(sys.stdout.buffer, as_kind, quality=85)
        sys.stdout.buffer.flush()
    except MemoryError:
        return TOO_LARGE
    except Exception as error:
        # What a decoder stumbles over is the sender's affair, and anything it may raise.
        print(type(error).__name__, file=sys.stderr)  # noqa: T201, its one line to previews.py
        return TOO_LARGE if pixels > MANY_PIXELS else BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
