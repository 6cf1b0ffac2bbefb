"""Who works on a ticket."""

import pytest

from tickets.errors import EditConflict, InTrash, NotAllowed, NotAssignable, WrongStatus
from tickets.events import Kind
from tickets.models import Status


def test_assigning_writes_one_event_with_the_old_and_the_new(ticket, admin, other_admin):
    ticket.assign(other_admin, by=admin)

    ticket.refresh_from_db()
    event = ticket.events.last()
    assert ticket.assignee == other_admin
    assert ticket.status == Status.OPEN
    assert (event.kind, event.actor) == (Kind.ASSIGNED, admin)
    assert event.data == {"assignee_id": [None, other_admin.pk]}


def test_assigning_to_the_same_person_does_nothing(ticket, admin):
    ticket.assign(admin, by=admin)

    ticket.assign(admin, by=admin)

    assert ticket.events.count() == 2


def test_only_people_who_work_tickets_can_be_assigned(ticket, admin, other_requester, other_admin):
    other_admin.deactivate(by=admin)

    for person in (other_requester, other_admin):
        with pytest.raises(NotAssignable):
            ticket.assign(person, by=admin)

    assert ticket.events.count() == 1


def test_requesters_cannot_assign(ticket, requester, admin):
    with pytest.raises(NotAllowed):
        ticket.assign(admin, by=requester)


def test_an_open_ticket_can_be_given_back_a_started_one_cannot(ticket, admin):
    ticket.take(by=admin)
    ticket.assign(None, by=admin)
    assert ticket.assignee is None

    ticket.take(by=admin)
    ticket.start(by=admin)
    with pytest.raises(NotAssignable):
        ticket.assign(None, by=admin)


def test_taking_what_a_colleague_has_is_refused_and_names_them(ticket, admin, other_admin):
    ticket.take(by=other_admin)

    with pytest.raises(NotAssignable, match="Oskar Otheradmin"):
        ticket.take(by=admin)

    assert ticket.events.count() == 2


def test_taking_twice_writes_one_event(ticket, admin):
    ticket.take(by=admin)
    ticket.take(by=admin)

    assert ticket.events.count() == 2


def test_a_decision_on_an_old_version_is_refused_if_somebody_else_was_assigned(ticket, admin, other_admin):
    seen = ticket.version
    ticket.assign(other_admin, by=other_admin)

    with pytest.raises(EditConflict) as conflict:
        ticket.assign(admin, by=admin, version=seen)

    assert conflict.value.theirs == {"assignee_id": other_admin.pk}
    assert conflict.value.version == ticket.version
    ticket.refresh_from_db()
    assert ticket.assignee == other_admin


def test_a_decision_on_an_old_version_holds_if_only_other_fields_changed(ticket, admin, requester):
    seen = ticket.version
    ticket.edit(by=requester, title="Screen is dark")

    ticket.assign(admin, by=admin, version=seen)

    assert ticket.assignee == admin


@pytest.mark.parametrize("version", [0, -1, 99, 2**62])
def test_a_version_that_never_was_is_refused(ticket, admin, version):
    with pytest.raises(WrongStatus):
        ticket.assign(admin, by=admin, version=version)


def test_a_closed_ticket_and_one_in_the_trash_are_not_assigned(ticket, requester, admin):
    ticket.withdraw(by=requester)
    with pytest.raises(WrongStatus):
        ticket.assign(admin, by=admin)

    ticket.trash(by=admin)
    with pytest.raises(InTrash):
        ticket.assign(admin, by=admin)
