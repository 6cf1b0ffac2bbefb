"""Deleting without loss."""

import pytest

from tickets.errors import InTrash, NotAllowed, WrongStatus
from tickets.events import Kind
from tickets.models import Status, Ticket


def test_trashing_hides_the_ticket_from_its_requester_only(ticket, requester, admin):
    ticket.trash(by=admin)

    assert ticket.events.last().kind == Kind.TRASHED
    assert not Ticket.objects.visible_to(requester).exists()
    assert Ticket.objects.visible_to(admin).in_trash().get() == ticket


def test_restoring_brings_it_back_as_it_was(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.start(by=admin)
    ticket.trash(by=admin)

    ticket.restore(by=admin)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.trashed_at) == (Status.IN_PROGRESS, admin, None)
    assert Ticket.objects.visible_to(requester).get() == ticket


def test_requesters_can_neither_trash_nor_restore(ticket, requester, admin):
    with pytest.raises(NotAllowed):
        ticket.trash(by=requester)

    ticket.trash(by=admin)
    with pytest.raises(NotAllowed):
        ticket.restore(by=requester)


def test_trashing_twice_and_restoring_what_is_not_there_are_refused(ticket, admin):
    with pytest.raises(WrongStatus):
        ticket.restore(by=admin)

    ticket.trash(by=admin)
    with pytest.raises(InTrash):
        ticket.trash(by=admin)

    assert ticket.events.count() == 2


def test_nothing_else_is_possible_in_the_trash(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.trash(by=admin)

    for verb in (ticket.start, ticket.resolve, ticket.take):
        with pytest.raises(InTrash):
            verb(by=admin)
    with pytest.raises(InTrash):
        ticket.edit(by=requester, title="New")


def test_a_ticket_cannot_be_deleted_or_written_past_its_verbs(ticket):
    ticket.title = "Written by hand"

    for attempt in (ticket.save, ticket.delete, Ticket.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()
    with pytest.raises(TypeError):
        Ticket.objects.update(status=Status.CLOSED)

    ticket.refresh_from_db()
    assert ticket.title == "Screen stays dark"
