"""What a file is, by its first bytes; and whether its name says something else."""

import re

import puremagic

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
OFFICE = frozenset(["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf"])
OTHERS = frozenset(["zip", "7z", "gz", "mp3", "mp4", "mov", "avi"])
WORDS = frozenset(["txt", "log", "csv", "tsv", "md", "json", "yaml", "yml", "ini", "conf", "cfg", "eml"])
NAMES = {PROGRAM: "a program", HTML: "a web page", SVG: "a drawing that can hold a program"}


def type_of(head: bytes) -> str:
    """Find a file's type in its first 64 KiB; "application/octet-stream" if nobody knows it."""
    text = _as_text(head)
    for signature, found in SIGNATURES.items():
        if re.match(signature, head, re.DOTALL) and not (found == PROGRAM and text is not None):
            return found
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
    """Raise FileRefused if the name promises something escape_csv_formula and the content is not."""
    suffix = suffix_of(name)
    is_program = found == PROGRAM and suffix in PICTURES | OFFICE | OTHERS | WORDS
    is_page = found in (HTML, SVG) and suffix in PICTURES | OFFICE | OTHERS
    is_no_picture = suffix in PICTURES and not found.startswith("image/") and found != UNKNOWN
    if is_program or is_page or is_no_picture:
        what = NAMES.get(found, f"“{found}”")
        raise FileRefused(f"“{name}” is called .{suffix}, but its content is {what}. It was not taken.")


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
