"""When a ticket last changed for its requester: what is internal does not count."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tickets.events import Kind, event_kinds
from tickets.models import HoldReason, Ticket
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


def test_the_migration_finds_it_in_the_events(transactional_db, requester, admin):
    start = timezone.now() - timedelta(days=2)
    quiet, spoken, trashed = (TicketFactory(requester=requester, at=start) for _ in range(3))
    for n, ticket in enumerate((quiet, spoken, trashed), start=1):
        ticket.note("Gateway logs.", by=admin, at=start + timedelta(hours=n))
    spoken.reply("Hello.", by=admin, at=start + timedelta(hours=5))
    spoken.note("They are away.", by=admin, at=start + timedelta(hours=6))
    trashed.trash(by=admin, at=start + timedelta(hours=7))
    before = dict(Ticket.objects.values_list("pk", "publicly_updated_at"))

    try:
        call_command("migrate", "tickets", "0014_columns_and_saved_views", verbosity=0)
    finally:
        call_command("migrate", "tickets", verbosity=0)

    assert before == dict(Ticket.objects.values_list("pk", "publicly_updated_at"))
    assert before[spoken.pk] == start + timedelta(hours=5)
    assert before[quiet.pk] == before[trashed.pk] == start
    assert quiet.events.last().kind == Kind.NOTED
    call_command("verify_log")
