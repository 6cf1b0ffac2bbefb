"""The way back from a property that was just chosen, offered beside the word that it is saved."""

from typing import Any

from django.http import HttpRequest

from helpdesk.web.query_params import whole_number

from ..models import Ticket
from ..timeline import Timeline

# In a page's address: the version that the reader's choice has made.
CHANGED = "changed"


def last_choice(request: HttpRequest, ticket: Ticket, timeline: Timeline) -> dict[str, Any] | None:
    """Answer the choice the address tells of: its `entry` of the timeline, and `assignee` and `request_type` as they
    were before, as a form holds them. None once something else has happened, and to anybody but who chose.
    """
    if whole_number(request.GET.get(CHANGED, "")) != ticket.version or not timeline.entries:
        return None
    entry = timeline.entries[-1]
    data = entry.event.data
    if entry.event.actor_id != request.user.pk or not {"assignee_id", "request_type_id"} & data.keys():
        return None
    return {
        "entry": entry,
        "assignee": data.get("assignee_id", [ticket.assignee_id])[0] or "",
        "request_type": data.get("request_type_id", [ticket.request_type_id])[0],
    }
