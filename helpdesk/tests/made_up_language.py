"""A language in which every translated sentence stands between marks, so that one that is not translated is seen."""

import re
from html.parser import HTMLParser

from django.utils.translation.trans_real import DjangoTranslation

BEGIN, END = "⟦", "⟧"
MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Addresses, references, names of files, of time zones and of the product are the same in every language.
SAME = re.compile(
    r"\S+@\S+|https?://\S+|HD-\d+|\S+\.(?:txt|csv|png)\b|\b[A-Z]\w+(?:/[\w+-]+)+|\bUTC\b|\bHelpdesk\b"
)
UNREAD = {"script", "style", "code", "pre", "kbd", "samp", "template"}
READ_ATTRIBUTES = (
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "data-live-say",
    "data-auto",
    "data-light",
    "data-dark",
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


# Moments and numbers are as there.
CODE = "en-au"


class MadeUpLanguage(DjangoTranslation):
    """Everything is between marks."""

    def __init__(self) -> None:
        super().__init__(CODE)

    def gettext(self, message: str) -> str:
        words = message.rpartition("\x04")[2]
        return f"{BEGIN}{words}{END}" if words.strip() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class Reader(HTMLParser):
    """Reads what a page says: its text in order, and the attributes that are read out or shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.attributes: list[str] = []
        self._unread: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in UNREAD or self._unread:
            if tag not in VOID:
                self._unread.append(tag)
            return
        self.attributes += [given[name] or "" for name in READ_ATTRIBUTES if name in given]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.attributes.append(given.get("value") or "")
        self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._unread and tag not in VOID:
            self._unread.pop()
        self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text.append(data)


def untranslated(text: str) -> list[str]:
    """List the lines of a text that hold a Latin word outside the marks."""
    rest, before = text, ""
    while rest != before:
        # What stood between the marks may itself stand in a sentence.
        rest, before = MARKED.sub("…", rest), rest
    lines = (re.sub(r"\s+", " ", line).strip() for line in SAME.sub("", rest).splitlines())
    return [line for line in lines if LATIN.search(line)]


def untranslated_in_page(html: str) -> list[str]:
    """List what a page says outside the marks."""
    page = Reader(html)
    found = untranslated("".join(page.text))
    for words in page.attributes:
        found += untranslated(words)
    return found
