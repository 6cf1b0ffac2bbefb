"""What stays in tickets of somebody whose account is deleted, and what goes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User


def retained_data(person: "User") -> dict[str, int]:
    """Count what stays under the neutral name. Five queries."""
    from .events import Kind
    from .models import Ticket, TicketEvent

    theirs = TicketEvent.objects.filter(actor=person)
    written = theirs.filter(kind__in=(Kind.REPLIED, Kind.NOTED)).count()
    rated = theirs.filter(kind=Kind.RATED).count()
    return {
        "tickets they asked for": Ticket.objects.requested_by(person).count(),
        "tickets they worked on as assignee": Ticket.objects.assigned_to(person).count(),
        "replies and notes": written,
        "ratings": rated,
        "other entries in the history of tickets": theirs.count() - written - rated,
    }


def forget(person: "User") -> None:
    """Remove drafts, presence, notifications, chosen columns and their own canned replies and saved views.
    Unsent files go with the sweep of uploads.
    """
    from .models import (
        CannedReply,
        ColumnPreference,
        Draft,
        Notification,
        NotificationPreference,
        Presence,
        SavedView,
        Watch,
    )

    for model in (Draft, Presence, Notification, Watch, NotificationPreference, ColumnPreference):
        model.objects.filter(person=person).delete()
    CannedReply.objects.filter(owner=person).delete()
    SavedView.objects.filter(owner=person).delete()
