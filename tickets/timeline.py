"""Makes a ticket's events readable: ids become people and request types when they are shown."""

from typing import TYPE_CHECKING

from accounts.models import User

from .events import Kind
from .models import RequestType, TicketEvent

if TYPE_CHECKING:
    from .models import Ticket


ICONS = {
    Kind.SUBMITTED: "inbox",
    Kind.EDITED: "edit",
    Kind.ASSIGNED: "user",
    Kind.STARTED: "s-in_progress",
    Kind.HELD: "s-on_hold",
    Kind.RESOLVED: "s-resolved",
    Kind.CLOSED: "s-closed",
    Kind.WITHDRAWN: "x",
    Kind.RATED: "star",
    Kind.TRASHED: "trash",
}


class Entry:
    """An event as the timeline shows it. templates: the words of its kind, or the fallback."""

    def __init__(self, event: TicketEvent, people: dict[int, User], types: dict[int, RequestType]) -> None:
        self.event = event
        self.icon = ICONS.get(Kind(event.kind), "hist")
        self.templates = (f"tickets/events/_{event.kind}.html", "tickets/events/_other.html")
        self.assignee, self.previous_assignee = (
            people.get(new_or_old) for new_or_old in reversed(event.data.get("assignee_id", [None, None]))
        )
        self.request_type = types.get(event.data.get("request_type_id", [None, None])[1])
        self.hold_reason = event.data.get("hold_reason", ["", ""])[1]


def timeline_of(ticket: "Ticket", viewer: User) -> list[Entry]:
    """List what happened to a ticket that this person may see, oldest first. At most four queries."""
    events = list(
        TicketEvent.objects.filter(ticket_id=ticket.pk)
        .visible_to(viewer)
        .select_related("actor")
        .prefetch_related("messages")
        .order_by("version")
    )
    people = User.objects.in_bulk(_ids(events, "assignee_id"))
    types = RequestType.objects.in_bulk(_ids(events, "request_type_id"))
    # The first card says who submitted what, unless somebody else did it for the requester.
    shown = [e for e in events if e.kind != Kind.SUBMITTED or e.actor_id != ticket.requester_id]
    return [Entry(event, people, types) for event in shown]


def _ids(events: list[TicketEvent], column: str) -> set[int]:
    return {value for event in events for value in event.data.get(column, ()) if value is not None}
