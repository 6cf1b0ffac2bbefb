"""The names of forms that files wait for. A form is one person's: a key says nothing about whose."""

import re
import uuid
from typing import TYPE_CHECKING

from ..models import Ticket
from ..permissions import may_submit, may_work

if TYPE_CHECKING:
    from accounts.models import User

NUMBER = r"[1-9][0-9]{0,17}"


def reply_key(ticket: Ticket) -> str:
    return f"reply-{ticket.pk}"


def note_key(ticket: Ticket) -> str:
    return f"note-{ticket.pk}"


def new_key(token: uuid.UUID) -> str:
    """The key of one copy of the form for a new ticket."""
    return f"new-{token}"


def may_use(user: "User", key: str) -> bool:
    """Say whether this person may send files to this form."""
    if re.fullmatch(r"new-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key):
        return may_submit(user)
    found = re.fullmatch(rf"(reply|note)-({NUMBER})", key)
    if not found:
        return False
    ticket = Ticket.objects.visible_to(user).filter(pk=found[2]).first()
    return ticket is not None and (found[1] == "reply" or may_work(user, ticket))
