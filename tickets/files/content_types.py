"""What a file is, by its first bytes; and whether its name says something else."""

import re

import puremagic
from django.utils.translation import gettext_lazy as _

from ..errors import FileRefused
from .names import suffix_of

HEAD = 64 * 1024
UNKNOWN, PROGRAM, HTML, SVG, TEXT = (
    "application/octet-stream",
    "application/x-executable",
    "text/html",
    "image/svg+xml",
    "text/plain",
)
# What a browser may be told a download is. Everything else is UNKNOWN to it.
TOLD = frozenset(
    {TEXT, "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "application/zip"}
)
SIGNATURES = {
    rb"\x89PNG\r\n\x1a\n": "image/png",
    rb"\xff\xd8\xff": "image/jpeg",
    rb"GIF8[79]a": "image/gif",
    rb"RIFF.{4}WEBP": "image/webp",
    # Windows, Linux, macOS (both byte orders, and for several processors)
    rb"MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe": PROGRAM,
    rb"PK(\x03\x04|\x05\x06)": "application/zip",
    rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/x-ole-storage",
}
# ISO base media files name in their first box, of any length, what reads them (ISO/IEC 14496-12, 4.3; for
# pictures 23008-12, annex B). The first brand found counts, as pictures name the general ones, too.
BRANDS = {
    "image/avif": {b"avif", b"avis"},
    "image/heic": {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"},
    "image/heif": {b"mif1", b"msf1"},
    "video/quicktime": {b"qt  "},
    "audio/mp4": {b"M4A ", b"M4B "},
    "video/mp4": {b"isom", b"iso2", b"avc1", b"mp41", b"mp42", b"M4V "},
}
# As browsers look for it (WHATWG MIME Sniffing, 7.1), behind white space and comments.
TAGS = "!doctype html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p"
MARKUP = {
    HTML: rf"(<\?xml[^>]*>\s*)?<(!doctype html|html)[\s>]|<({TAGS})[\s>/]",
    SVG: r"(<\?xml[^>]*>\s*)?(<!doctype svg[^>]*>\s*)?<svg[\s>/]",
    "application/xml": r"<\?xml\s",
    "application/pdf": r"%PDF-",
}
# Text that only looks like something else to puremagic ("BM" begins a bitmap) is text.
TEXT_TYPES = frozenset({"message/rfc822", "application/json", "application/rtf", "text/rtf"})

PICTURES = frozenset(["png", "jpg", "jpeg", "jfif", "gif", "webp", "bmp", "tif", "tiff", "heic", "ico"])
# As which many systems export a web page, for the office program to open.
EXPORTS = frozenset(["doc", "xls", "ppt"])
OFFICE = frozenset(["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf"])
OTHERS = frozenset(["zip", "7z", "gz", "mp3", "mp4", "mov", "avi"])
WORDS = frozenset(["txt", "log", "csv", "tsv", "md", "json", "yaml", "yml", "ini", "conf", "cfg", "eml"])
DISGUISED = {
    PROGRAM: _("“%(name)s” is called .%(suffix)s, but its content is a program. It was not uploaded."),
    HTML: _("“%(name)s” is called .%(suffix)s, but its content is a web page. It was not uploaded."),
    SVG: _(
        "“%(name)s” is called .%(suffix)s, but its content is a drawing that can hold a program. It was not uploaded."
    ),
}
# As what else it is in truth.
DISGUISED_AS_ANOTHER = _(
    "“%(name)s” is called .%(suffix)s, but its content is “%(content_type)s”. It was not uploaded."
)


def type_of(head: bytes) -> str:
    """Find a file's type in its first 64 KiB; "application/octet-stream" if nobody knows it."""
    text = _as_text(head)
    # Every program has zeros near its beginning, and no text of any older encoding has one.
    is_text = text is not None or b"\0" not in head
    for signature, found in SIGNATURES.items():
        if re.match(signature, head, re.DOTALL) and not (found == PROGRAM and is_text):
            return found
    if media := _media_type(head):
        return media
    begins = _without_comments(text if text is not None else head.decode("latin-1"))
    for markup, pattern in MARKUP.items():
        if re.match(pattern, begins, re.IGNORECASE):
            return markup
    try:
        found = puremagic.magic_string(head)[0].mime_type
    except (puremagic.PureError, ValueError, IndexError):
        found = ""
    if text is not None:
        return found if found in TEXT_TYPES else TEXT
    return found or UNKNOWN


def refuse_disguise(name: str, found: str) -> None:
    """Raise FileRefused if the name promises something harmless and the content is not."""
    suffix = suffix_of(name)
    is_program = found == PROGRAM and suffix in PICTURES | OFFICE | OTHERS | WORDS
    is_export = found == HTML and suffix in EXPORTS
    is_page = found in (HTML, SVG) and suffix in PICTURES | OFFICE | OTHERS and not is_export
    is_no_picture = suffix in PICTURES and not found.startswith("image/") and found != UNKNOWN
    if is_program or is_page or is_no_picture:
        sentence = DISGUISED.get(found, DISGUISED_AS_ANOTHER)
        raise FileRefused(str(sentence) % {"name": name, "suffix": suffix, "content_type": found})


def _media_type(head: bytes) -> str:
    """Read the brands of an ISO base media file; "" for any other file, and for brands nobody knows."""
    if head[4:8] != b"ftyp":
        return ""
    box = head[8 : int.from_bytes(head[:4], "big")]
    # The first brand, its version, the compatible brands.
    brands = {box[:4], *(box[n : n + 4] for n in range(8, len(box), 4))}
    return next((found for found, known in BRANDS.items() if brands & known), "")


def _without_comments(text: str) -> str:
    """Cut white space and comments off the beginning; no expression does it in linear time."""
    text = text.lstrip()
    while text.startswith("<!--"):
        text = text.partition("-->")[2].lstrip()
    return text


def _as_text(head: bytes) -> str | None:
    """Read it as text; None if it is none. The last letter may be cut in two."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, cut = "utf-16", len(head) % 2
    else:
        encoding, cut = "utf-8-sig", 0
    for fewer in range(cut, cut + (4 if len(head) == HEAD else 1)):
        try:
            text = head[: len(head) - fewer].decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if re.search(r"[\x00-\x08\x0e-\x1a]", text) else text
    return None
