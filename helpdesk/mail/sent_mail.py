"""The demo's mail: printed, and the newest hundred kept as files, so that they can be looked at."""

import re
import time
from collections.abc import Sequence
from copy import copy
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend
from django.utils.crypto import get_random_string

KEPT = 100
# The moment it was sent, to a nanosecond, and a few letters for two at once: their order is the names'.
NAME = re.compile(r"\d{19}-[a-z]{6}")


class KeepingBackend(EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            keep(message.message().as_bytes())
        return super().send_messages(email_messages) or 0

    def write_message(self, message: EmailMessage) -> None:
        # Who reads the terminal looks for the words and the link in them.
        plain = copy(message)
        plain.alternatives = []  # type: ignore[attr-defined]
        super().write_message(plain)


def keep(raw: bytes) -> None:
    """Keep a message, and forget the oldest if there are too many."""
    name = f"{time.time_ns():019}-{get_random_string(6, 'abcdefghijkmnopqrstuvwxyz')}"
    _folder().mkdir(mode=0o750, exist_ok=True)
    # Nobody reads half a message: it gets its name when it is whole.
    unfinished = _folder() / f".{name}"
    unfinished.write_bytes(raw)
    unfinished.rename(_folder() / f"{name}.eml")
    for old in _names()[KEPT:]:
        (_folder() / f"{old}.eml").unlink(missing_ok=True)


class SentMessage:
    """One message as it was sent. name: what the addresses of its pages call it."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name, self.raw = name, raw
        self.sent_at = _moment(name)
        self.parsed = message_from_bytes(raw, _class=ParsedMessage, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.parsed["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.parsed["To"] or "")

    @property
    def head(self) -> str:
        """Its headers, decoded, a line each."""
        return "\n".join(f"{name}: {value}" for name, value in self.parsed.items())

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def source(self) -> str:
        return self.raw.decode("utf-8", "replace")

    def _part(self, kind: str) -> str:
        part = self.parsed.get_body((kind,))
        return part.get_content() if part else ""


def sent_messages() -> list[SentMessage]:
    """The messages kept, newest first. Reads each."""
    return [found for name in _names() if (found := sent_message(name)) is not None]


def sent_message(name: str) -> SentMessage | None:
    if not NAME.fullmatch(name):
        return None
    try:
        return SentMessage(name, (_folder() / f"{name}.eml").read_bytes())
    except FileNotFoundError:
        return None


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "mail"


def _names() -> list[str]:
    return sorted((file.stem for file in _folder().glob("*.eml") if NAME.fullmatch(file.stem)), reverse=True)


def _moment(name: str) -> datetime:
    return datetime.fromtimestamp(int(name[:19]) / 1e9, UTC)
