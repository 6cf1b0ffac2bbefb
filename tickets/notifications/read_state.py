"""What a ticket's page says and does about notifications: opening it reads what one was told about it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from ..models import Notification

if TYPE_CHECKING:
    from accounts.models import User

    from ..models import Ticket


def is_subscribed(person: "User", ticket: "Ticket") -> bool:
    """Say whether this person hears of what happens to the ticket.

    ticket: with_attention_of the person.
    """
    if ticket.is_muted is None:
        return person.pk in (ticket.requester_id, ticket.assignee_id)
    return not ticket.is_muted


def read_along(request: HttpRequest, ticket: "Ticket", person: "User") -> None:
    """Mark this person's notifications about the ticket as read, up to the event the page shows.

    The reader's own book-keeping, which a GET may do (RFC 9110, 9.2.1); a page fetched ahead of any reader
    marks nothing.

    request: for the page; of any other method than GET nothing is marked.
    ticket: with_attention_of the person, so that there is a query only if there is something to mark.
    """
    is_read = ticket.first_unread is not None and request.method == "GET"
    if is_read and "prefetch" not in _purpose(request):
        told = Notification.objects.filter(person=person, ticket=ticket.pk)
        told.filter(event__version__lte=ticket.version).mark_read()


def _purpose(request: HttpRequest) -> str:
    return request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
