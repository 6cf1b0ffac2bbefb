"""Fills in canned replies: a few names between double braces, and nothing else."""

import re
from typing import TYPE_CHECKING

from django.http import HttpRequest

from .validators import TEXT_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

    from ..models import Ticket

# Name -> what people read about it beside the form.
PLACEHOLDERS = {
    "requester": "the requester's full name",
    "requester_first_name": "their first name",
    "number": "the ticket's number, such as HD-41",
    "title": "its title",
    "request_type": "its request type",
    "assignee": "who has the ticket",
    "me": "your own full name",
}
# Never a template engine: whatever is not one of these names stays as it was typed.
PLACEHOLDER = re.compile(r"\{\{\s*(" + "|".join(PLACEHOLDERS) + r")\s*\}\}")
LARGEST_ID = 2**63 - 1


def fill(body: str, ticket: "Ticket", *, me: "User") -> str:
    """Put this ticket's values in the place of the names. One pass: a value that looks like a
    placeholder stays as it is. Cut where a reply could not be longer.
    """
    values = {
        "requester": str(ticket.requester),
        "requester_first_name": ticket.requester.first_name or str(ticket.requester),
        "number": ticket.reference,
        "title": ticket.title,
        "request_type": str(ticket.request_type),
        "assignee": str(ticket.assignee or "IT support"),
        "me": str(me),
    }
    return PLACEHOLDER.sub(lambda found: values[found[1]], body)[:TEXT_LENGTH]


def prefill(ticket: "Ticket", request: HttpRequest) -> str:
    """Answer the text of the canned reply that the address asks for with ?canned=<id>, filled in.

    "" where none is asked for, or one that is not there or not this person's. At most one query.
    """
    from ..models import CannedReply

    asked = request.GET.get("canned", "")
    if not (asked.isascii() and asked.isdigit() and int(asked[:20]) <= LARGEST_ID):
        return ""
    reply: CannedReply | None = CannedReply.objects.usable_by(request.user).filter(pk=asked).first()  # type: ignore[arg-type]
    return fill(reply.body, ticket, me=request.user) if reply else ""  # type: ignore[arg-type]


def begun_message(ticket: "Ticket", request: HttpRequest) -> dict[str, str]:
    """Answer what the composer holds when its page opens, as `voice` and `text`, or nothing.

    That is the person's draft, a reply before a note, and after it the canned reply the address asks for.
    One query, two with a canned reply.
    """
    from ..models import Draft, Visibility

    drafts = Draft.objects.texts(request.user, ticket)
    if canned := prefill(ticket, request):
        # A draft never changes its voice: a note must not stand where the requester is written to.
        text = "\n\n".join(filter(None, [drafts.get(Visibility.REPLY), canned]))
        return {"voice": Visibility.REPLY, "text": text}
    for voice in (Visibility.REPLY, Visibility.NOTE):
        if voice in drafts:
            return {"voice": voice, "text": drafts[voice]}
    return {}
