"""Makes a ticket's events readable: ids become people and request types when they are shown."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.http import HttpRequest

from accounts.models import User
from helpdesk.web.query_params import whole_number

from .events import Kind, event_kinds
from .models import Attachment, RequestType, TicketEvent
from .models.message import Part
from .models.upload import with_previews

if TYPE_CHECKING:
    from .models import Ticket

# So many of the latest events are shown at first; the others are a link away.
SHOWN = 30
# What an event that left a column alone has in place of [old, new].
NOT_CHANGED = (None, None)
# The parameter of an address that asks for all of them.
WHOLE = "all"


# A row for each text of an event and each person mentioned in it.
WITH_WORDS = TicketEvent.objects.annotate(
    part=F("messages__part"),
    body=F("messages__body"),
    salt=F("messages__salt"),
    mentioned=F("mentions__person"),
)


class Names:
    """Finds who and what events mean. Each answers by one query, none for nothing."""

    def people(self, ids: set[int]) -> dict[int, User]:
        return User.objects.in_bulk(ids) if ids else {}

    def types(self, ids: set[int]) -> dict[int, RequestType]:
        return RequestType.objects.in_bulk(ids) if ids else {}


@dataclass
class NumberedEvent:
    """An event with what was said. number: as the viewer counts them. words: part -> text. mentioned: ids."""

    event: TicketEvent
    number: int
    words: dict[str, str] = field(default_factory=dict)
    mentioned: set[int] = field(default_factory=set)
    has_removed_words: bool = False


class Entry:
    """An event as the timeline shows it.

    icon, template_name, phrase: of its kind. old_title, old_assignee, old_request_type: the one before it, if it
    changed it and there was one.
    mentioned: whose names are marked in an internal note. files: sent along. anchor: its id on the page.
    css: of its card, if it is a note or not the requester's. is_taken: whether who acted became the assignee by
    the way.
    """

    def __init__(
        self,
        told: NumberedEvent,
        people: dict[int, User],
        types: dict[int, RequestType],
        files: Iterable[Attachment] = (),
        requester_id: int | None = None,
    ) -> None:
        self.event = event = told.event
        self.number, self.anchor = told.number, f"e{told.number}"
        kind = event_kinds[event.kind]
        self.icon, self.template_name, self.phrase = kind.icon, kind.template_name, kind.phrase
        self.text, self.title = told.words.get(Part.TEXT, ""), told.words.get(Part.TITLE, "")
        self.description, self.old_title = told.words.get(Part.DESCRIPTION, ""), ""
        self.has_removed_words = told.has_removed_words
        self.files = list(files)
        self.old_assignee, self.assignee = map(people.get, event.data.get("assignee_id", NOT_CHANGED))
        self.old_request_type, self.request_type = map(
            types.get, event.data.get("request_type_id", NOT_CHANGED)
        )
        self.hold_reason = event.data.get("hold_reason", ["", ""])[1]
        self.mentioned = [people[key] for key in told.mentioned]
        self.is_note, self.is_reply = event.kind == Kind.NOTED, event.kind == Kind.REPLIED
        self.is_by_others = event.actor_id != requester_id
        by_others = " hd-entry--agent" if self.is_by_others else ""
        is_taken = self.assignee is not None and self.assignee == event.actor
        self.is_taken = is_taken and event.kind not in (Kind.ASSIGNED, Kind.CHANGED)
        self.css = " hd-entry--note" if self.is_note else by_others

    @property
    def is_said(self) -> bool:
        return bool(self.text or self.files)

    @property
    def did_more(self) -> bool:
        """Whether it is worth saying what was done beside the writing."""
        is_message = self.is_note or self.is_reply
        return not is_message or self.is_taken or self.event.status_change is not None


class Timeline:
    """What happened to a ticket, oldest first.

    wording: the event that gave the description the words it has now. files: sent with the ticket.
    entries: what is shown, from event number `first` to the newest. earlier: how many are not.
    """

    def __init__(self, ticket: "Ticket", entries: list[Entry], first: int, newest: int) -> None:
        """entries: all of them, or the latest with those before that say what the ticket is about."""
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
        self.first, self.newest = first, newest
        self.entries = [e for e in entries if e.event != told and e.number >= first]
        # The submission is number 1.
        self.earlier = first - 1 - bool(told and first > 1)


def timeline_of(
    ticket: "Ticket", viewer: User, names: Names | None = None, *, first: int | None = None
) -> Timeline:
    """Read what happened to a ticket that this person may see: from event number `first` on, or the last
    SHOWN events.

    Two queries, one where notes are shown, those of `names`, and one to count for those who do not see
    everything.
    """
    versions = ticket.versions_for(viewer)
    first = max(1, min(len(versions), len(versions) - SHOWN + 1 if first is None else first))
    start = versions[first - 1]
    # The latest, and those that say what the ticket was called.
    shown = Q(version__gte=start) | Q(part__in=(Part.TITLE, Part.DESCRIPTION))
    rows = WITH_WORDS.filter(shown, ticket=ticket).visible_to(viewer).order_by("version")
    told = _numbered(rows, versions)
    return Timeline(ticket, _entries(ticket, told, start, names or Names()), first, len(versions))


def _numbered(rows: Iterable[Any], versions: Sequence[int]) -> list[NumberedEvent]:
    """rows: of WITH_WORDS. versions: of event number 1 first."""
    found: dict[int, NumberedEvent] = {}
    for row in rows:
        if row.pk not in found:
            found[row.pk] = NumberedEvent(row, bisect_left(versions, row.version) + 1)
        told = found[row.pk]
        if row.part is not None:
            told.words[row.part] = row.body
            told.has_removed_words |= not row.salt
        if row.mentioned is not None:
            told.mentioned.add(row.mentioned)
    return list(found.values())


def _entries(ticket: "Ticket", told: list[NumberedEvent], start: int, names: Names) -> list[Entry]:
    events = [each.event for each in told]
    known = {person.pk: person for person in (ticket.requester, ticket.assignee) if person}
    needed = {event.actor_id for event in events if event.actor_id is not None}
    needed |= ids_in(events, "assignee_id").union(*(each.mentioned for each in told))
    people = known | names.people(needed - known.keys())
    types = {ticket.request_type_id: ticket.request_type}
    types |= names.types(ids_in(events, "request_type_id") - types.keys())
    # Those that were sent with the ticket lie under its description.
    shown = Q(event__version__gte=start) | Q(event__kind=Kind.SUBMITTED)
    files = defaultdict(list)
    sent = Attachment.objects.filter(shown, event__ticket=ticket).order_by("position")
    for attachment in with_previews(sent):
        files[attachment.event_id].append(attachment)
    for event in events:
        if event.actor_id is not None:
            event.actor = people[event.actor_id]
    return [Entry(each, people, types, files[each.event.pk], ticket.requester_id) for each in told]


def ids_in(events: list[TicketEvent], column: str) -> set[int]:
    return {value for event in events for value in event.data.get(column, ()) if value is not None}


# -- what an address asks for ------------------------------------------------------------------
def newest_seen(request: HttpRequest) -> int | None:
    """Read from the address the number of the newest event a page showed when it was opened."""
    return _number(request, "seen")


def first_shown(request: HttpRequest) -> int | None:
    """Read from the address from which event on the history is asked for; None for the latest of it."""
    return 1 if WHOLE in request.GET else _number(request, "first")


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""), digits=9)
