"""Somebody stops working tickets: each of theirs that is not resolved goes to a colleague."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User


def hand_over_tickets(person: "User", successor: "User | None", by: "User | None") -> int:
    """Assign what `person` has to `successor`, one event each, and count it.

    successor: None only counts. Tickets in the trash stay: a restored one shows whose it was.
    """
    from .models import Ticket

    theirs = Ticket.objects.present().assigned_to(person).unsolved().order_by("pk")
    if successor is None:
        return theirs.count()
    tickets = list(theirs)
    for ticket in tickets:
        ticket.assign(successor, by=by)
    return len(tickets)
