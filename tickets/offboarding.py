"""What becomes of tickets when somebody stops working them, and what stays of a deleted account, and what goes.

Registered with accounts/offboarding.py when the applications start.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from accounts.models import User


def hand_over_tickets(person: "User", successor: "User | None", by: "User | None") -> int:
    """Assign what `person` has to `successor`, one event and one transaction each, and count it.

    successor: None only counts. Tickets in the trash stay: a restored one shows whose it was.
    """
    from .errors import TicketError
    from .models import Ticket

    theirs = Ticket.objects.present().assigned_to(person).unsolved().order_by("pk")
    if successor is None:
        return theirs.count()
    numbers = list(theirs.values_list("pk", flat=True))
    for number in numbers:
        # Resolved or deleted meanwhile, it is not in their hands any more.
        with suppress(TicketError, Ticket.DoesNotExist):
            theirs.get(pk=number).assign(successor, by=by)
    return len(numbers)


def retained_data(person: "User") -> dict[str, int]:
    """Count what stays under the neutral name. Five queries."""
    from .events import Kind
    from .models import Ticket, TicketEvent

    theirs = TicketEvent.objects.filter(actor=person)
    written = theirs.filter(kind__in=(Kind.REPLIED, Kind.NOTED)).count()
    rated = theirs.filter(kind=Kind.RATED).count()
    return {
        _("tickets they asked for"): Ticket.objects.requested_by(person).count(),
        _("tickets they worked on as assignee"): Ticket.objects.assigned_to(person).count(),
        _("replies and notes"): written,
        _("ratings"): rated,
        _("other entries in the history of tickets"): theirs.count() - written - rated,
    }


def forget(person: "User", former: str) -> None:
    """Remove drafts, unsent files, presence, notifications, preferences, decisions on many tickets, and their own
    canned replies and saved views.
    """
    from .models import (
        AfterSolvingPreference,
        ColumnPreference,
        Notification,
        NotificationPreference,
        Presence,
        Watch,
    )

    preferences = (NotificationPreference, ColumnPreference, AfterSolvingPreference)
    for model in (Presence, Notification, Watch, *preferences):
        model.objects.filter(person=person).delete()
    forget_words(person)


def forget_words(person: "User") -> None:
    """Remove what this person has written beside the history of tickets, and files they have not sent."""
    from .models import BulkChange, CannedReply, Draft, SavedView, SubmissionDraft, Upload

    Draft.objects.filter(person=person).delete()
    SubmissionDraft.objects.filter(person=person).delete()
    BulkChange.objects.filter(by=person).delete()
    CannedReply.objects.filter(owner=person).delete()
    SavedView.objects.filter(owner=person).delete()
    for upload in Upload.objects.filter(owner=person):
        upload.remove()
