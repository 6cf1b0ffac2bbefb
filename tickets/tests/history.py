"""What must hold for every ticket, however it came to be."""

from datetime import datetime

from tickets.models import Ticket, TicketEvent
from tickets.models.replay import replay
from tickets.models.ticket.fields import LOGGED


def assert_history_tells_every_row() -> None:
    """Compare each ticket with what its events lead to, and each version with one event."""
    tickets = list(Ticket.objects.order_by("pk"))
    for ticket in tickets:
        events = list(ticket.events.prefetch_related("messages"))
        assert [event.version for event in events] == list(range(1, ticket.version + 1))
        assert events == sorted(events, key=lambda event: event.at)
        assert {name: value for name, value in replay(events).items() if value is not None} == _row(ticket)
    assert TicketEvent.objects.count() == sum(ticket.version for ticket in tickets)


def _row(ticket: Ticket) -> dict[str, object]:
    told = (*LOGGED, "title", "description", "version", "updated_at", "publicly_updated_at")
    row = {name: getattr(ticket, name) for name in told}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if value is not None
    }
