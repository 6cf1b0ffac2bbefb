"""What the composer of a ticket's page holds when it opens."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User
from helpdesk.web.query_params import whole_number

from ..models import CannedReply, Draft, Ticket, Visibility


def prefill(ticket: Ticket, request: HttpRequest) -> str:
    """Answer the text of the canned reply that the address asks for with ?canned=<id>, filled in.

    "" where none is asked for, or one that is not there or not this person's. At most one query.
    """
    asked = whole_number(request.GET.get("canned", ""))
    if asked is None:
        return ""
    me = cast(User, request.user)
    reply: CannedReply | None = CannedReply.objects.usable_by(me).filter(pk=asked).first()
    return reply.fill(ticket, me=me) if reply else ""


def begun_message(ticket: Ticket, request: HttpRequest) -> dict[str, str]:
    """Answer what the composer holds when its page opens, as `visibility` and `text`, or nothing.

    That is the person's draft, a reply before a note, and after it the canned reply the address asks for.
    One query, two with a canned reply.
    """
    drafts = Draft.objects.texts(cast(User, request.user), ticket)
    if canned := prefill(ticket, request):
        # A draft never changes its visibility: a note must not stand where the requester is written to.
        text = "\n\n".join(filter(None, [drafts.get(Visibility.REPLY), canned]))
        return {"visibility": Visibility.REPLY, "text": text}
    for visibility in (Visibility.REPLY, Visibility.NOTE):
        if visibility in drafts:
            return {"visibility": visibility, "text": drafts[visibility]}
    return {}
