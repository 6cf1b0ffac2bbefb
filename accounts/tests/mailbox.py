"""What arrived, as tests ask for it."""

import re

from django.core import mail


def mails_to(email: str) -> list[mail.EmailMessage]:
    return [letter for letter in mail.outbox if email in letter.to]


def link_in(letter: mail.EmailMessage) -> str:
    """Answer the path of the only link in a letter."""
    (path,) = re.findall(r"https?://[^/\s]+(/\S+)", str(letter.body))
    return path
