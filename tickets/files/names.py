"""What a file is called where people read it, and in the storage, where nothing of that is left."""

import re
import secrets
import unicodedata

from helpdesk.web.file_names import NAMELESS

LENGTH, SUFFIX_LENGTH = 200, 20
# Controls, what is not seen or turns the reading direction, lone surrogates, ends of lines and paragraphs.
UNREADABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Between letters of Persian or Hindi, or pictograms, they make others of them (Unicode Standard, 23.2).
JOINERS = "\u200c\u200d"
SPARE_JOINERS = re.compile(
    rf"(?<![^\x00-\x7f\s{JOINERS}])[{JOINERS}]+|[{JOINERS}]+(?![^\x00-\x7f\s{JOINERS}])"
)


def cleaned_name(name: str) -> str:
    """Make a name safe to show and to save under: no folders, nothing invisible, at most 200 characters
    with the suffix kept, never empty.
    """
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        letter for letter in name if letter in JOINERS or unicodedata.category(letter) not in UNREADABLE
    )
    name = SPARE_JOINERS.sub("", name)
    name = re.split(r"[/\\]", name)[-1].strip(" .") if name.strip(" ./\\") else ""
    stem, dot, suffix = name.rpartition(".")
    if not name.strip():
        return NAMELESS
    if not stem or len(suffix) > SUFFIX_LENGTH:
        return name[:LENGTH].strip()
    return stem[: LENGTH - len(suffix) - 1].strip() + dot + suffix


def random_path(row: object = None, name: str = "") -> str:
    """Where a file lies in the storage: nothing of what its sender calls it (256 bit, hexadecimal)."""
    token = secrets.token_hex(32)
    return f"{token[:2]}/{token}"


def suffix_of(name: str) -> str:
    """Answer what stands behind the last dot, in small letters; "" if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
