"""Makes a ticket's events readable: ids become people and request types when they are shown."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.models import User

from .events import Kind
from .models import Attachment, Mention, Message, RequestType, TicketEvent
from .models.event import TicketEventQuerySet
from .models.message import Part

if TYPE_CHECKING:
    from .models import Ticket

# So many of the latest events are shown at first; the others are a link away.
SHOWN = 30
# The parameter of an address that asks for all of them.
WHOLE = "all"

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


class Names:
    """Finds who and what events mean. Each answers by one query, none for nothing."""

    def people(self, ids: set[int]) -> dict[int, User]:
        return User.objects.in_bulk(ids) if ids else {}

    def types(self, ids: set[int]) -> dict[int, RequestType]:
        return RequestType.objects.in_bulk(ids) if ids else {}

    def mentioned(self, ticket: "Ticket") -> list[User]:
        """Everybody an internal note of this ticket mentions."""
        mentions = Mention.objects.filter(event__ticket_id=ticket.pk)
        return list(User.objects.filter(pk__in=mentions.values("person")))


class Entry:
    """An event as the timeline shows it.

    templates: the words of its kind, or the fallback. old_title: the one before it, if it changed it.
    mentioned: whose names are marked in an internal note. files: sent along.
    """

    def __init__(
        self,
        event: TicketEvent,
        people: dict[int, User],
        types: dict[int, RequestType],
        mentioned: Iterable[User] = (),
        messages: Iterable[Message] = (),
        files: Iterable[Attachment] = (),
    ) -> None:
        self.event = event
        self.icon = ICONS.get(Kind(event.kind), "hist")
        self.templates = (f"tickets/events/_{event.kind}.html", "tickets/events/_other.html")
        words = {message.part: message.body for message in messages}
        self.text, self.title = words.get(Part.TEXT, ""), words.get(Part.TITLE, "")
        self.description, self.old_title = words.get(Part.DESCRIPTION, ""), ""
        self.has_removed_words = any(message.is_redacted for message in messages)
        self.files = list(files)
        self.assignee = people.get(event.data.get("assignee_id", [None, None])[1])
        self.request_type = types.get(event.data.get("request_type_id", [None, None])[1])
        self.hold_reason = event.data.get("hold_reason", ["", ""])[1]
        is_note = event.kind == Kind.NOTED
        self.mentioned = [person for person in mentioned if is_note and person.pk != event.actor_id]


class Timeline:
    """What happened to a ticket, oldest first.

    wording: the event that gave the description the words it has now. files: sent with the ticket.
    entries: what is shown, from version `first` on. earlier: how many are not.
    """

    def __init__(self, ticket: "Ticket", entries: list[Entry], earlier: int, first: int) -> None:
        """entries: all of them, or the latest with those before that say what the ticket is about.
        earlier: the number of events before version `first`.
        """
        self.wording = next((e.event for e in reversed(entries) if e.description), None)
        opening = next((e for e in entries if e.event.kind == Kind.SUBMITTED), None)
        self.files = []
        if opening:
            # They stand under the description.
            self.files, opening.files = opening.files, []
        title = ""
        for entry in entries:
            if entry.title:
                entry.old_title, title = title, entry.title
        # The card of the description tells of the submission, until other words stand there or unless
        # somebody else submitted it for the requester.
        told = self.wording if self.wording and self.wording.kind == Kind.SUBMITTED else None
        if told and told.actor_id != ticket.requester_id:
            told = None
        self.first = first
        self.earlier = earlier - bool(told and told.version < first)
        self.entries = [e for e in entries if e.event != told and e.event.version >= first]


def timeline_of(
    ticket: "Ticket", viewer: User, names: Names | None = None, *, first: int | None = None
) -> Timeline:
    """Read what happened to a ticket that this person may see: from version `first` on, or the last SHOWN
    events.

    Three queries, those of `names`, and one more where the rest of a long history has to be counted.
    """
    visible = TicketEvent.objects.filter(ticket_id=ticket.pk).visible_to(viewer)
    # Those who see everything see every version.
    is_complete = viewer.can_see_every_ticket
    if first is None and (is_complete or ticket.version <= SHOWN):
        first = max(1, ticket.version - SHOWN + 1)
    events = _read(ticket, visible, first)
    if first is None:
        first = events[-SHOWN:][0].version if len(events) > SHOWN else 1
    first = max(1, min(first, ticket.version))
    earlier = first - 1 if is_complete or first == 1 else visible.filter(version__lt=first).count()
    return Timeline(ticket, _entries(ticket, events, names or Names()), earlier, first)


def _read(ticket: "Ticket", visible: TicketEventQuerySet, first: int | None) -> list[TicketEvent]:
    """Read the events from a version on, or the latest; and those that say what the ticket was called."""
    if first is not None and first <= 1:
        return list(visible.order_by("version"))
    latest = Q(version__gte=first)
    if first is None:
        latest = Q(pk__in=visible.order_by("-version").values("pk")[:SHOWN])
    words = Message.objects.filter(event__ticket_id=ticket.pk, part__in=(Part.TITLE, Part.DESCRIPTION))
    return list(visible.filter(latest | Q(pk__in=words.values("event"))).order_by("version"))


def _entries(ticket: "Ticket", events: list[TicketEvent], names: Names) -> list[Entry]:
    known = {person.pk: person for person in (ticket.requester, ticket.assignee) if person}
    actors = {event.actor_id for event in events if event.actor_id is not None}
    people = known | names.people((actors | ids_in(events, "assignee_id")) - known.keys())
    types = {ticket.request_type_id: ticket.request_type}
    types |= names.types(ids_in(events, "request_type_id") - types.keys())
    mentioned = names.mentioned(ticket) if any(event.kind == Kind.NOTED for event in events) else []
    # Not prefetch_related: it makes a queryset for each event, which takes longer than the queries.
    keys = [event.pk for event in events]
    messages, files = defaultdict(list), defaultdict(list)
    for message in Message.objects.filter(event_id__in=keys):
        messages[message.event_id].append(message)
    for attachment in Attachment.objects.filter(event_id__in=keys).order_by("position"):
        files[attachment.event_id].append(attachment)
    for event in events:
        if event.actor_id is not None:
            event.actor = people[event.actor_id]
    return [Entry(e, people, types, mentioned, messages[e.pk], files[e.pk]) for e in events]


def ids_in(events: list[TicketEvent], column: str) -> set[int]:
    return {value for event in events for value in event.data.get(column, ()) if value is not None}
