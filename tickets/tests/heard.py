"""Who heard what, in short."""

from tickets.events import NotificationKind, Reason
from tickets.models import Notification, TicketEvent

K, R = NotificationKind, Reason


def heard(people):
    """Who heard of the newest event: name -> (kind, reason)."""
    newest = TicketEvent.objects.order_by("-pk").first()
    names = {person.pk: name for name, person in people.items() if person}
    return {names[n.person_id]: (n.kind, n.reason) for n in Notification.objects.filter(event=newest)}
