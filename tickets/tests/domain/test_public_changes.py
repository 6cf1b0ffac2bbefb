"""When a ticket last changed for its requester: what is internal does not count."""

from datetime import datetime, timedelta

import pytest

from tickets.events import event_kinds
from tickets.models import HoldReason
from tickets.tests.factories import TicketFactory
from tickets.tests.history import assert_history_tells_every_row

OPENED_AT = datetime.fromisoformat("2026-11-02T09:00:00+00:00")
LATER = OPENED_AT + timedelta(hours=1)


@pytest.fixture
def ticket(requester, time_machine):
    """Opened an hour ago."""
    time_machine.move_to(OPENED_AT, tick=False)
    ticket = TicketFactory(requester=requester)
    time_machine.move_to(LATER, tick=False)
    return ticket


def moments(ticket):
    ticket.refresh_from_db()
    return ticket.publicly_updated_at, ticket.updated_at


@pytest.mark.parametrize(
    "act",
    [
        lambda ticket, admin: ticket.note("Gateway logs.", by=admin),
        lambda ticket, admin: ticket.trash(by=admin),
        lambda ticket, admin: (ticket.trash(by=admin), ticket.restore(by=admin)),
        lambda ticket, admin: (ticket.trash(by=admin), ticket.purge(by=admin)),
        lambda ticket, admin: ticket.redact([1], by=admin),
    ],
)
def test_what_is_internal_moves_the_last_change_but_not_the_public_one(act, ticket, admin):
    act(ticket, admin)

    assert moments(ticket) == (OPENED_AT, LATER)
    assert event_kinds[ticket.events.last().kind].is_internal
    assert_history_tells_every_row()


@pytest.mark.parametrize(
    "act",
    [
        lambda ticket, admin: ticket.reply("Hello.", by=admin),
        lambda ticket, admin: ticket.reply("Anybody?", by=ticket.requester),
        lambda ticket, admin: ticket.edit(by=admin, title="Another"),
        lambda ticket, admin: ticket.take(by=admin),
        lambda ticket, admin: (ticket.take(by=admin), ticket.hold(HoldReason.SCHEDULED, by=admin)),
    ],
)
def test_what_the_requester_sees_moves_both(act, ticket, admin):
    act(ticket, admin)

    assert moments(ticket) == (LATER, LATER)
    assert_history_tells_every_row()


def test_an_imported_note_leaves_the_moment_of_what_was_said_before(ticket, admin):
    ticket.reply("Hello.", by=admin, at=OPENED_AT + timedelta(minutes=1))
    ticket.note("Gateway logs.", by=admin, at=OPENED_AT + timedelta(minutes=2))

    assert moments(ticket) == (OPENED_AT + timedelta(minutes=1), OPENED_AT + timedelta(minutes=2))
