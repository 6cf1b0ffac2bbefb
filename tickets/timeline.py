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
    Kind.REPLIED: "msg",
    Kind.NOTED: "lock",
}


class Entry:
    """An event as the timeline shows it.

    templates: the words of its kind, or the fallback. old_title: the one before it, if it changed it.
    """

    def __init__(self, event: TicketEvent, people: dict[int, User], types: dict[int, RequestType]) -> None:
        self.event = event
        self.icon = ICONS.get(Kind(event.kind), "hist")
        self.templates = (f"tickets/events/_{event.kind}.html", "tickets/events/_other.html")
        self.old_title = ""
        self.assignee = people.get(event.data.get("assignee_id", [None, None])[1])
        self.request_type = types.get(event.data.get("request_type_id", [None, None])[1])
        self.hold_reason = event.data.get("hold_reason", ["", ""])[1]


class Timeline:
    """What happened to a ticket, oldest first.

    wording: the event that gave the description the words it has now.
    """

    def __init__(self, ticket: "Ticket", entries: list[Entry]) -> None:
        self.wording = next((e.event for e in reversed(entries) if e.event.description), None)
        title = ""
        for entry in entries:
            if entry.event.title:
                entry.old_title, title = title, entry.event.title
        # The card of the description tells of the submission, until other words stand there or unless
        # somebody else submitted it for the requester.
        told = self.wording is not None and self.wording.kind == Kind.SUBMITTED
        self.entries = [
            entry
            for entry in entries
            if not (told and entry.event == self.wording and self.wording.actor_id == ticket.requester_id)
        ]


def timeline_of(ticket: "Ticket", viewer: User) -> Timeline:
    """Read what happened to a ticket that this person may see. At most six queries."""
    events = list(
        TicketEvent.objects.filter(ticket_id=ticket.pk)
        .visible_to(viewer)
        .select_related("actor")
        .prefetch_related("messages", "mentions__person")
        .order_by("version")
    )
    # Most are known already: they acted, or have to do with the ticket now.
    people = {event.actor.pk: event.actor for event in events if event.actor}
    people |= {person.pk: person for person in (ticket.requester, ticket.assignee) if person}
    if strangers := ids_in(events, "assignee_id") - people.keys():
        people |= User.objects.in_bulk(strangers)
    types = {ticket.request_type_id: ticket.request_type}
    if others := ids_in(events, "request_type_id") - types.keys():
        types |= RequestType.objects.in_bulk(others)
    return Timeline(ticket, [Entry(event, people, types) for event in events])


def ids_in(events: list[TicketEvent], column: str) -> set[int]:
    return {value for event in events for value in event.data.get(column, ()) if value is not None}
