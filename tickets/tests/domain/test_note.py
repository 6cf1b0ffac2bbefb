"""What admins write among themselves."""

import pytest
from django.core.exceptions import ValidationError

from tickets.errors import NotAllowed
from tickets.events import Kind
from tickets.models import TicketEvent


def test_a_note_is_one_event_that_changes_nothing_else(ticket, admin):
    ticket.note("Gateway logs show time-outs.", by=admin)

    event = ticket.events.get(version=2)
    assert (event.kind, event.text, event.data) == (Kind.NOTED, "Gateway logs show time-outs.", {})


def test_a_note_is_hidden_from_the_requester_by_the_query(ticket, requester, admin):
    ticket.note("Not for them.", by=admin)

    assert Kind.NOTED not in {event.kind for event in TicketEvent.objects.visible_to(requester)}
    assert Kind.NOTED in {event.kind for event in TicketEvent.objects.visible_to(admin)}


def test_requesters_write_no_notes(ticket, requester):
    with pytest.raises(NotAllowed):
        ticket.note("Secret.", by=requester)


def test_an_empty_note_is_refused(ticket, admin):
    with pytest.raises(ValidationError):
        ticket.note(" ", by=admin)
