"""Who hears what: one table, and the task that turns an event of the log into rows to tell it.

Never the one who acted, one row for each person and event, and nothing to anybody who may not see it.
"""

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from helpdesk.tasks.task import task

from ..events import ANSWERS, Kind
from ..models import (
    HoldReason,
    Mention,
    Notification,
    NotificationKind,
    NotificationPreference,
    Reason,
    TicketEvent,
    Watch,
)
from ..models.message import Part
from ..models.ticket.properties import SINGLE_STATUS
from ..models.ticket.status import UNSOLVED, Status
from .schedule import mail_due_at

if TYPE_CHECKING:
    from ..models import Ticket

# What happened -> who hears of it -> as what. Where somebody is several of these, or several things
# happened in one step, the first in NotificationKind counts.
RECIPIENTS: dict[Kind, dict[Reason, NotificationKind]] = {
    Kind.SUBMITTED: {
        Reason.REQUESTER: NotificationKind.OPENED,
        Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
    },
    Kind.REPLIED: {
        Reason.REQUESTER: NotificationKind.REPLIED,
        Reason.ASSIGNEE: NotificationKind.REPLIED,
        Reason.WATCHER: NotificationKind.REPLIED,
        Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
    },
    Kind.NOTED: {
        Reason.MENTIONED: NotificationKind.MENTIONED,
        Reason.ASSIGNEE: NotificationKind.NOTED,
        Reason.WATCHER: NotificationKind.NOTED,
    },
    Kind.ASSIGNED: {
        Reason.ASSIGNEE: NotificationKind.ASSIGNED,
        Reason.FORMER_ASSIGNEE: NotificationKind.ASSIGNED,
        Reason.REQUESTER: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
        Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
    },
    Kind.STARTED: {
        Reason.REQUESTER: NotificationKind.STATUS,
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
    },
    Kind.HELD: {
        Reason.REQUESTER: NotificationKind.STATUS,
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
    },
    Kind.RESOLVED: {
        Reason.REQUESTER: NotificationKind.RESOLVED,
        Reason.ASSIGNEE: NotificationKind.RESOLVED,
        Reason.WATCHER: NotificationKind.RESOLVED,
    },
    Kind.CLOSED: {
        Reason.REQUESTER: NotificationKind.STATUS,
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
    },
    Kind.REOPENED: {
        Reason.REQUESTER: NotificationKind.STATUS,
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
        Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
    },
    Kind.WITHDRAWN: {
        Reason.REQUESTER: NotificationKind.STATUS,
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
    },
    Kind.RATED: {
        Reason.RESOLVER: NotificationKind.RATED,
        Reason.ASSIGNEE: NotificationKind.RATED,
        Reason.WATCHER: NotificationKind.RATED,
    },
    Kind.EDITED: {
        Reason.REQUESTER: NotificationKind.CHANGED,
        Reason.ASSIGNEE: NotificationKind.CHANGED,
        Reason.WATCHER: NotificationKind.CHANGED,
    },
    Kind.TRASHED: {
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
    },
    Kind.RESTORED: {
        Reason.ASSIGNEE: NotificationKind.STATUS,
        Reason.WATCHER: NotificationKind.STATUS,
    },
    # Nothing but the things that changed, each of which stands above.
    Kind.CHANGED: {},
    # Of no use to anybody but the audit.
    Kind.REDACTED: {},
    Kind.PURGED: {},
}
# What those hear all the same who muted the ticket.
EVEN_IF_MUTED = frozenset({NotificationKind.MENTIONED, NotificationKind.ASSIGNED})

Heard = tuple[NotificationKind, Reason]


@task(words="Tell people of an event")
def fan_out(event_id: int) -> None:
    """Write down who is to hear of this event, and how. Does nothing the second time.

    About ten queries, whatever the number of people.
    """
    event = TicketEvent.objects.select_related("ticket").filter(pk=event_id).first()
    if event is None:
        return
    heard, now = hearers_of(event), timezone.now()
    rows = []
    for person, preference in NotificationPreference.objects.of_all(heard).items():
        kind, reason = heard[person]
        way = preference.way(kind)
        due = mail_due_at(way.mail, preference, now)
        if way.in_app or due:
            rows.append(
                Notification(
                    person_id=person,
                    ticket_id=event.ticket_id,
                    event=event,
                    kind=kind,
                    reason=reason,
                    created_at=now,
                    in_app=way.in_app,
                    mail_due_at=due,
                )
            )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def kinds_for(person: User) -> list[NotificationKind]:
    """What this person can hear of at all: all of it, or what requesters hear of."""
    theirs = {row[Reason.REQUESTER] for row in RECIPIENTS.values() if Reason.REQUESTER in row}
    return [kind for kind in NotificationKind if person.can_work_tickets or kind in theirs]


def plan_again(preference: NotificationPreference) -> None:
    """Let mails that were not sent yet go when this person now wants them, or not at all. Two queries."""
    now = timezone.now()
    waiting = Notification.objects.filter(person=preference.person_id, mailed_at=None)
    rows = list(waiting.exclude(mail_due_at=None))
    for row in rows:
        row.mail_due_at = mail_due_at(preference.way(row.kind).mail, preference, now)
    Notification.objects.bulk_update(rows, ["mail_due_at"], batch_size=500)


def hearers_of(event: TicketEvent) -> dict[int, Heard]:
    """Who hears of this event: key of the person -> as what, and why."""
    happened = what_happened(event)
    muted, found = set(), {}
    people = _people(event, happened)
    for person, is_muted in Watch.objects.filter(ticket=event.ticket_id).values_list("person", "muted"):
        if is_muted:
            muted.add(person)
        else:
            people.setdefault(person, set()).add(Reason.WATCHER)
    for person, reasons in people.items():
        rows = [RECIPIENTS[kind] for kind in happened]
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


def what_happened(event: TicketEvent) -> set[Kind]:
    """The kinds this event is: a reply may also assign, hold or resolve, a question is a reply. One query."""
    happened = {Kind(event.kind)}
    if event.kind in (Kind.REPLIED, Kind.CHANGED):
        happened |= _changes(event)
    waits = event.data.get("hold_reason", ["", ""])[1] == HoldReason.REQUESTER
    if waits or (event.kind in ANSWERS and event.messages.filter(part=Part.TEXT).exists()):
        happened.add(Kind.REPLIED)
    return happened


def _changes(event: TicketEvent) -> set[Kind]:
    found = set()
    if "assignee_id" in event.data:
        found.add(Kind.ASSIGNED)
    if "request_type_id" in event.data:
        found.add(Kind.EDITED)
    if event.data.get("hold_reason", ["", ""])[1]:
        found.add(Kind.HELD)
    if event.status_change:
        old, new = (Status(status) for status in event.status_change)
        again = old not in UNSOLVED and new in UNSOLVED
        found.add(Kind.REOPENED if again else SINGLE_STATUS[new])
    return found


def _people(event: TicketEvent, happened: set[Kind]) -> dict[int, set[Reason]]:
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
    if Kind.NOTED in happened:
        for person in Mention.objects.filter(event=event).values_list("person", flat=True):
            add(person, Reason.MENTIONED)
    if _is_for_all(event, ticket, happened):
        for person in User.objects.who_can_work_tickets().values_list("pk", flat=True):
            add(person, Reason.UNASSIGNED)
    return people


def _is_for_all(event: TicketEvent, ticket: "Ticket", happened: set[Kind]) -> bool:
    """Say whether every admin is to hear of it because nobody has the ticket."""
    if ticket.assignee_id is not None or not ticket.is_unsolved or ticket.is_in_trash:
        return False
    # What a colleague answers to it, the others need not read.
    if event.kind == Kind.REPLIED and event.actor_id != ticket.requester_id:
        return False
    return any(Reason.UNASSIGNED in RECIPIENTS[kind] for kind in happened)


def _weight(heard: Heard) -> tuple[int, int]:
    kind, reason = heard
    return list(NotificationKind).index(kind), list(Reason).index(reason)
