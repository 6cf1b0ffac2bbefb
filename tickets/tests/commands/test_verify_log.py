from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccountEvent
from accounts.models.event import AccountEventKind
from tickets.log import Tampered, verify
from tickets.models import Ticket, TicketEvent
from tickets.tests.factories import TicketFactory
from tickets.triggers import install_triggers, remove_triggers

FORGED = "f" * 64


def history(requester, admin, steps=()):
    """Three tickets with replies and notes, and two events of accounts."""
    tickets = [TicketFactory(requester=requester) for _ in range(3)]
    tickets[0].reply("Have you tried it off and on?", by=admin)
    tickets[1].note("Looks like the cable.", by=admin)
    tickets[1].take(by=admin)
    tickets[2].edit(by=requester, title="Screen stays black")
    for number, verb in steps:
        if verb == "reply":
            tickets[number].reply("And now?", by=admin)
        else:
            tickets[number].note("Hm.", by=admin)
    AccountEvent.log(AccountEventKind.CREATED, person=requester, by=None)
    AccountEvent.log(AccountEventKind.ROLE_SET, person=admin, by=None, role="Admin")
    return tickets


@contextmanager
def undone():
    """Hypothesis runs many examples in one test: each starts from an empty log."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def unwatched(db):
    """Take the triggers away for the tampering; the finding must not be that they are missing."""

    def tamper(statement, *values):
        # PostgreSQL changes no table while a deferred check of it waits.
        connection.check_constraints()
        remove_triggers(connection)
        sql(statement, *values)
        install_triggers()

    return tamper


STEPS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["reply", "note"])), max_size=6)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_log_that_verbs_wrote_is_as_it_was_written(requester, admin, steps):
    with undone():
        history(requester, admin, steps)

        verified = verify()

        assert verified.rows["events"] == TicketEvent.objects.count()
        assert verified.heads["tickets"][0] == Ticket._base_manager.count()


# Table, column, forged value, what names a row of it in the finding
COLUMNS = [
    ("tickets_ticketevent", "kind", "closed"),
    ("tickets_ticketevent", "version", 77),
    ("tickets_ticketevent", "actor_id", None),
    ("tickets_ticketevent", "at", "2001-01-01 00:00:00+00:00"),
    ("tickets_ticketevent", "data", "{}"),
    ("tickets_ticketevent", "data", '{"status": ["open", "closed"]}'),
    ("tickets_ticketevent", "hash", FORGED),
    ("tickets_ticketevent", "previous_hash", FORGED),
    ("tickets_message", "body", "Never said."),
    ("tickets_message", "body", ""),
    ("tickets_message", "salt", "0" * 32),
    ("tickets_message", "salt", ""),
    ("tickets_message", "digest", FORGED),
    ("accounts_accountevent", "kind", "deleted"),
    ("accounts_accountevent", "person_id", None),
    ("accounts_accountevent", "at", "2001-01-01 00:00:00+00:00"),
    ("accounts_accountevent", "data", '{"x": 1}'),
    ("accounts_accountevent", "number", 77),
    ("accounts_accountevent", "hash", FORGED),
    ("accounts_accountevent", "previous_hash", FORGED),
    ("accounts_chainhead", "length", 77),
    ("accounts_chainhead", "hash", FORGED),
    ("accounts_chainhead", "name", "forged"),
    ("tickets_ticket", "log_hash", FORGED),
    ("tickets_ticket", "version", 77),
    ("tickets_ticket", "title", "Forged"),
    ("tickets_ticket", "score", 5),
    ("tickets_ticket", "created_at", "2001-01-01 00:00:00+00:00"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, change=st.sampled_from(COLUMNS), which=st.integers(0, 30))
def test_any_column_changed_in_any_row_is_found(requester, admin, unwatched, steps, change, which):
    with undone():
        change_one(requester, admin, unwatched, steps, change, which)


def change_one(requester, admin, unwatched, steps, change, which):
    history(requester, admin, steps)
    table, column, value = change
    key = "name" if table == "accounts_chainhead" else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key}")  # noqa: S608, our own names
        rows = cursor.fetchall()
    pk, old = rows[which % len(rows)]
    unwatched(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", value, pk)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {key} = %s", [pk if column != "name" else value])  # noqa: S608
        if cursor.fetchall() == [(old,)]:
            verify()
            return

    with pytest.raises(Tampered) as found:
        verify()

    finding = str(found.value)
    if table in ("tickets_ticketevent", "tickets_message"):
        event = TicketEvent.objects.filter(pk=pk) if table == "tickets_ticketevent" else None
        event = event or TicketEvent.objects.filter(messages=pk)
        assert f"ticket {event.values_list('ticket_id', flat=True)[0]}" in finding
    elif table == "tickets_ticket":
        assert f"tickets_ticket {pk}:" in finding
    else:
        assert table in finding


def test_an_event_changed_together_with_its_hash_is_found_by_the_next(requester, admin, unwatched):
    ticket = history(requester, admin)[0]
    event = ticket.events.get(version=1)
    event.data = {**event.data, "status": [None, "closed"]}
    forged = event.computed_hash(event.messages.all(), event.attachments.all())
    unwatched(
        """UPDATE tickets_ticketevent SET data = '{"forged": 1}', hash = %s WHERE id = %s""", forged, event.pk
    )

    with pytest.raises(Tampered, match=rf"ticket {ticket.pk}, version 1"):
        verify()


def test_the_newest_event_removed_is_missed(requester, admin, unwatched):
    ticket = history(requester, admin)[1]
    newest = ticket.events.get(version=ticket.version)
    unwatched("DELETE FROM tickets_ticketevent WHERE id = %s", newest.pk)

    with pytest.raises(Tampered, match=rf"tickets_ticket {ticket.pk}: says 3 events, and there are 2"):
        verify()


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_ticket_removed_with_its_whole_history_is_missed(requester, admin, unwatched, which):
    ticket = history(requester, admin)[which]
    events = "(SELECT id FROM tickets_ticketevent WHERE ticket_id = %s)"
    unwatched(f"DELETE FROM tickets_message WHERE event_id IN {events}", ticket.pk)  # noqa: S608
    unwatched("DELETE FROM tickets_ticketevent WHERE ticket_id = %s", ticket.pk)
    unwatched("DELETE FROM tickets_ticket WHERE id = %s", ticket.pk)

    with pytest.raises(Tampered, match=r"removed"):
        verify()


def test_words_and_account_events_removed_are_missed(requester, admin, unwatched):
    ticket = history(requester, admin)[0]
    newest = AccountEvent.objects.order_by("-number").first()
    unwatched("DELETE FROM accounts_accountevent WHERE id = %s", newest.pk)
    with pytest.raises(Tampered, match="accounts_chainhead accounts"):
        verify()
    message = ticket.events.get(version=2).messages.get()
    unwatched("DELETE FROM tickets_message WHERE id = %s", message.pk)
    with pytest.raises(Tampered, match=rf"ticket {ticket.pk}, version 2"):
        verify()


def test_a_forged_event_is_found(requester, admin):
    ticket = history(requester, admin)[0]
    newest = ticket.events.get(version=ticket.version)
    TicketEvent(
        ticket=ticket,
        version=newest.version + 1,
        kind="closed",
        at=newest.at,
        previous_hash=newest.hash,
        hash=FORGED,
    ).save()

    with pytest.raises(Tampered, match=rf"ticket {ticket.pk}, version 3"):
        verify()


def test_the_command_prints_heads_that_a_later_run_asks_for(requester, admin, capsys):
    ticket = history(requester, admin)[0]
    call_command("verify_log")
    heads = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    ticket.reply("Later.", by=admin)
    TicketFactory(requester=requester)

    call_command("verify_log", *(word for head in heads for word in head))

    assert "as it was written" in capsys.readouterr().out
    for wrong in (f"3:{FORGED}", f"99:{FORGED}"):
        with pytest.raises(CommandError, match="noted head"):
            call_command("verify_log", "--expect-tickets", wrong)
    with pytest.raises(CommandError, match="no head"):
        call_command("verify_log", "--expect-tickets", "nonsense")


def test_missing_triggers_are_reported(requester, admin):
    history(requester, admin)
    remove_triggers(connection)

    with pytest.raises(CommandError, match="tickets_message_no_update"):
        call_command("verify_log")


def test_a_purged_ticket_verifies(requester, admin):
    ticket = history(requester, admin)[0]
    ticket.trash(by=admin)
    ticket.purge(by=admin)

    verify()
