"""From status to status: what works, who may not, what is refused, what is left behind."""

import pytest

from tickets.errors import NotAllowed, NotAssignable, WrongStatus
from tickets.events import Kind
from tickets.models import HoldReason, Status


def last_event(ticket):
    return ticket.events.last()


def test_starting_puts_a_ticket_in_progress_and_writes_one_event(taken, admin):
    before = taken.events.count()

    taken.start(by=admin)

    taken.refresh_from_db()
    assert taken.status == Status.IN_PROGRESS
    assert taken.events.count() == before + 1
    assert last_event(taken).kind == Kind.STARTED
    assert last_event(taken).actor == admin
    assert last_event(taken).data == {"status": ["open", "in_progress"]}


def test_a_ticket_nobody_has_cannot_be_started(ticket, admin):
    with pytest.raises(NotAssignable):
        ticket.start(by=admin)

    assert ticket.events.count() == 1


def test_a_requester_cannot_start_hold_resolve_or_close(taken, requester):
    for verb in (taken.start, taken.resolve, taken.close):
        with pytest.raises(NotAllowed):
            verb(by=requester)
    with pytest.raises(NotAllowed):
        taken.hold(HoldReason.REQUESTER, by=requester)

    assert taken.events.count() == 2


def test_holding_keeps_the_reason_and_the_question(taken, admin):
    taken.hold(HoldReason.REQUESTER, by=admin, text="Which printer?\r\nWhich floor?")

    taken.refresh_from_db()
    assert (taken.status, taken.hold_reason) == (Status.ON_HOLD, HoldReason.REQUESTER)
    assert taken.waits_for_requester
    assert last_event(taken).text == "Which printer?\nWhich floor?"


def test_holding_again_for_the_same_reason_is_refused(taken, admin):
    taken.hold(HoldReason.REQUESTER, by=admin)

    with pytest.raises(WrongStatus):
        taken.hold(HoldReason.REQUESTER, by=admin)

    taken.hold(HoldReason.THIRD_PARTY, by=admin)
    assert taken.hold_reason == HoldReason.THIRD_PARTY


def test_an_unknown_reason_is_refused(taken, admin):
    with pytest.raises(WrongStatus):
        taken.hold("lunch", by=admin)


def test_resolving_and_closing(taken, admin):
    taken.resolve(by=admin, text="New cable.")
    resolved_at = taken.resolved_at
    taken.close(by=admin)

    taken.refresh_from_db()
    assert taken.status == Status.CLOSED
    assert taken.resolved_by == admin
    assert taken.resolved_at == resolved_at
    assert taken.closed_at == last_event(taken).at


def test_closing_twice_writes_one_event(taken, admin):
    taken.resolve(by=admin)
    taken.close(by=admin)
    count = taken.events.count()

    with pytest.raises(WrongStatus):
        taken.close(by=admin)

    assert taken.events.count() == count


def test_an_open_ticket_cannot_be_closed(taken, admin):
    with pytest.raises(WrongStatus):
        taken.close(by=admin)


def test_a_requester_reopens_while_resolved_but_not_once_closed(taken, admin, requester):
    taken.resolve(by=admin)
    taken.reopen(by=requester, text="It is dark again.")
    assert taken.status == Status.IN_PROGRESS
    assert taken.resolved_at is None

    taken.resolve(by=admin)
    taken.close(by=admin)
    with pytest.raises(NotAllowed):
        taken.reopen(by=requester, text="Again.")


def test_an_admin_needs_a_reason_to_reopen_a_closed_ticket(taken, admin):
    taken.resolve(by=admin)
    taken.close(by=admin)

    with pytest.raises(WrongStatus, match="Say why"):
        taken.reopen(by=admin, text="  ")

    taken.reopen(by=admin, text="The wrong screen was changed.")
    assert taken.status == Status.IN_PROGRESS
    assert taken.closed_at is None


def test_withdrawing_closes_an_unassigned_ticket(ticket, requester):
    ticket.withdraw(by=requester, text="Found the cable.")

    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED
    assert ticket.is_withdrawn
    assert last_event(ticket).text == "Found the cable."


def test_a_withdrawn_ticket_is_reopened_as_open_if_nobody_has_it(ticket, requester, admin):
    ticket.withdraw(by=requester)

    ticket.reopen(by=admin, text="It is needed after all.")

    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert not ticket.is_withdrawn


def test_others_cannot_withdraw(ticket, other_requester, admin):
    for person in (other_requester, admin):
        with pytest.raises(NotAllowed):
            ticket.withdraw(by=person)


def test_the_system_may_act_without_a_person(taken):
    taken.start(by=None)

    assert last_event(taken).actor is None
