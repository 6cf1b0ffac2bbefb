"""The one way a ticket changes: what entering and leaving it do. And the table of verbs."""

import pytest

from tickets import permissions
from tickets.errors import InTrash, NotAllowed, WrongStatus
from tickets.events import Kind, event_kinds
from tickets.models import Status, Ticket, TicketEvent
from tickets.models.ticket.verbs import VERBS
from tickets.tests.history import assert_history_tells_every_row


def test_leaving_writes_the_row_and_one_event(ticket, admin):
    with ticket.change("assign", by=admin):
        ticket.assignee = admin

    ticket.refresh_from_db()
    event = ticket.events.last()
    assert (ticket.assignee, ticket.version) == (admin, 2)
    assert (event.kind, event.actor, event.data) == (Kind.ASSIGNED, admin, {"assignee_id": [None, admin.pk]})
    assert_history_tells_every_row()


def test_leaving_without_a_change_writes_nothing(ticket, admin):
    with ticket.change("assign", by=admin):
        ticket.assignee = None

    ticket.refresh_from_db()
    assert ticket.version == ticket.events.count() == 1


def test_an_exception_leaves_nothing_behind(ticket, admin):
    with pytest.raises(WrongStatus), ticket.change("assign", by=admin):
        ticket.assignee = admin
        ticket.drafts.create(person=admin, text="Hello", visibility="reply", updated_at=ticket.updated_at)
        raise WrongStatus

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.version, ticket.drafts.count()) == (None, 1, 0)
    assert TicketEvent.objects.count() == 1


def test_entering_reads_the_row_anew(ticket, admin):
    as_it_was = Ticket.objects.get()
    ticket.trash(by=admin)

    with pytest.raises(InTrash), as_it_was.change("assign", by=admin):
        pytest.fail("It should have been refused.")

    assert as_it_was.is_in_trash


def test_rights_are_asked_before_the_state(ticket, requester, admin):
    ticket.trash(by=admin)

    with pytest.raises(NotAllowed), ticket.change("assign", by=requester):
        pytest.fail("It should have been refused.")


def test_every_verb_of_the_table_is_a_method_and_has_a_kind_of_its_own():
    assert all(callable(getattr(Ticket, name)) for name in VERBS)
    assert {verb.kind for verb in VERBS.values()} | {Kind.SUBMITTED} == set(event_kinds)
    assert len({verb.kind for verb in VERBS.values()}) == len(VERBS)


def test_every_rule_of_the_table_is_one_of_the_permissions():
    for verb in VERBS.values():
        assert getattr(permissions, verb.rule.__name__) is verb.rule
        assert set(verb.starts_from) <= set(Status)
