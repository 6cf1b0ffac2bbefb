"""Who hears of an event, as what and why: never the one who acted, and nobody who may not see it."""

from accounts.models import User

from ..events import Answers, EventKind, Kind, NotificationKind, Reason, event_kinds
from ..models import HoldReason, Mention, Ticket, TicketEvent, Watch
from ..models.message import Part
from ..models.ticket.lifecycle import verb_of_step

# What those hear all the same who muted the ticket.
EVEN_IF_MUTED = frozenset({NotificationKind.MENTIONED, NotificationKind.ASSIGNED})

KindAndReason = tuple[NotificationKind, Reason]


def kinds_for(person: User) -> list[NotificationKind]:
    """Answer what this person can hear of at all: all of it, or what requesters hear of.

    person: their rights count, not their tickets. Up to two queries for a new user object.
    """
    rows = [kind.recipients for kind in event_kinds]
    theirs = {row[Reason.REQUESTER] for row in rows if Reason.REQUESTER in row}
    return [kind for kind in NotificationKind if person.can_work_tickets or kind in theirs]


def recipients_of(event: TicketEvent) -> dict[int, KindAndReason]:
    """Answer who hears of this event: key of the person -> as what, and why. About seven queries.

    event: of the present; whoever has the ticket now counts as its assignee. Where the event gives the ticket
    to somebody who had muted it, that ends here.
    """
    happened = what_happened(event)
    muted, found = set(), {}
    people = _people(event, happened)
    for person, is_muted in Watch.objects.filter(ticket=event.ticket_id).values_list("person", "muted"):
        if is_muted:
            muted.add(person)
        else:
            people.setdefault(person, set()).add(Reason.WATCHER)
    for person, reasons in people.items():
        rows = [kind.recipients for kind in happened]
        fitting = [(row[reason], reason) for row in rows for reason in reasons if reason in row]
        if fitting and person != event.actor_id:
            found[person] = min(fitting, key=_weight)
    if not found:
        return {}
    if "assignee_id" in event.data and (assignee := event.data["assignee_id"][1]) in muted:
        # Whose ticket it is now has to hear of what comes, whatever they said when it was not.
        Watch.objects.filter(ticket=event.ticket_id, person=assignee, muted=True).delete()
        muted.discard(assignee)
    seeing = event.ticket.filter_viewers(User.objects.filter(pk__in=found), kind=event.kind)
    return {
        person: found[person]
        for person in seeing.values_list("pk", flat=True)
        if person not in muted or found[person][0] in EVEN_IF_MUTED
    }


def what_happened(event: TicketEvent) -> set[EventKind]:
    """Answer the kinds this event is: a reply may also assign, hold or resolve, a question is a reply.

    event: asked for its messages with one query.
    """
    kind = event_kinds[event.kind]
    happened = {kind}
    if kind.is_told_by_changes:
        happened |= _changes(event)
    waits = event.data.get("hold_reason", ["", ""])[1] == HoldReason.REQUESTER
    can_answer = kind.answers is not Answers.NEVER
    if waits or (can_answer and event.messages.filter(part=Part.TEXT).exists()):
        happened.add(Kind.REPLIED)
    return happened


def _changes(event: TicketEvent) -> set[EventKind]:
    found = set()
    if "assignee_id" in event.data:
        found.add(Kind.ASSIGNED)
    if "request_type_id" in event.data:
        found.add(Kind.EDITED)
    if event.data.get("hold_reason", ["", ""])[1]:
        found.add(Kind.HELD)
    if event.status_change:
        found.add(Ticket.VERBS[verb_of_step(*event.status_change)].kind)
    return found


def _people(event: TicketEvent, happened: set[EventKind]) -> dict[int, set[Reason]]:
    """Who has to do with it, but for those who watch: key of the person -> in which ways.

    The assignee is the one of now: who has the ticket when it is told.
    """
    ticket = event.ticket
    people: dict[int, set[Reason]] = {}

    def add(person: int | None, reason: Reason) -> None:
        if person is not None:
            people.setdefault(person, set()).add(reason)

    add(ticket.requester_id, Reason.REQUESTER)
    add(ticket.assignee_id, Reason.ASSIGNEE)
    add(ticket.resolved_by_id, Reason.RESOLVER)
    if "assignee_id" in event.data:
        add(event.data["assignee_id"][0], Reason.FORMER_ASSIGNEE)
    if any(Reason.MENTIONED in kind.recipients for kind in happened):
        for person in Mention.objects.filter(event=event).values_list("person", flat=True):
            add(person, Reason.MENTIONED)
    if _is_for_all(event, ticket, happened):
        for person in User.objects.who_can_work_tickets().values_list("pk", flat=True):
            add(person, Reason.UNASSIGNED)
    return people


def _is_for_all(event: TicketEvent, ticket: Ticket, happened: set[EventKind]) -> bool:
    """Say whether every admin is to hear of it because nobody has the ticket."""
    if ticket.assignee_id is not None or not ticket.is_unsolved or ticket.is_in_trash:
        return False
    # What a colleague answers to it, the others need not read.
    if event.kind == Kind.REPLIED and event.actor_id != ticket.requester_id:
        return False
    return any(Reason.UNASSIGNED in kind.recipients for kind in happened)


def _weight(heard: KindAndReason) -> tuple[int, int]:
    kind, reason = heard
    return list(NotificationKind).index(kind), list(Reason).index(reason)
