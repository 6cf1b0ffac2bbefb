"""The event log: only ever added to, and enough to rebuild the row."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.audit import AccountEventKind
from helpdesk.db.append_only import InsertOnlyError
from helpdesk.db.triggers import install_triggers, missing_triggers
from helpdesk.models import AuditEvent
from tickets.errors import WrongMoment
from tickets.events import Kind
from tickets.models import HoldReason, Message, TicketEvent
from tickets.models.replay import replay
from tickets.models.ticket.fields import LOGGED
from tickets.tests.factories import TicketFactory


def row_of(ticket):
    ticket.refresh_from_db()
    values = ticket.logged_values() | {"title": ticket.title, "description": ticket.description}
    moments = {name: getattr(ticket, name).isoformat() for name in ("updated_at", "publicly_updated_at")}
    return values | moments | {"version": ticket.version}


def replayed(ticket):
    return dict.fromkeys(LOGGED) | {"hold_reason": ""} | replay(ticket.events.all())


def test_replaying_a_long_life_gives_the_row(ticket, requester, admin, other_admin):
    ticket.take(by=admin)
    ticket.edit(by=requester, title="Screen is dark", description="Very dark.")
    ticket.hold(HoldReason.REQUESTER, by=admin, text="Which screen?")
    ticket.start(by=admin)
    ticket.assign(other_admin, by=admin)
    ticket.resolve(by=other_admin, text="New screen.")
    ticket.rate(2, by=requester, comment="Not mine.")
    ticket.reopen(by=admin, text="Wrong desk.")
    ticket.resolve(by=admin)
    ticket.close(by=admin)
    ticket.trash(by=admin)
    ticket.restore(by=admin)

    assert replayed(ticket) == row_of(ticket)
    assert ticket.events.count() == ticket.version == 13


def test_a_moment_named_in_another_zone_is_kept_in_utc(requester, admin):
    there = datetime(2026, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    ticket = TicketFactory(requester=requester, at=there)

    ticket.assign(admin, by=admin, at=there + timedelta(hours=1))
    ticket.resolve(by=admin, at=there + timedelta(hours=2))

    assert replayed(ticket) == row_of(ticket)
    assert ticket.events.last().data["resolved_at"][1] == "2026-03-01T10:00:00+00:00"


def test_rows_of_the_history_cannot_be_changed_or_removed_in_python(ticket):
    event, message = ticket.events.get(), Message.objects.first()
    event.kind = Kind.CLOSED

    for attempt in (event.save, event.delete, message.save, message.delete, TicketEvent.objects.all().delete):
        with pytest.raises(InsertOnlyError):
            attempt()
    with pytest.raises(InsertOnlyError):
        TicketEvent.objects.update(kind=Kind.CLOSED)
    with pytest.raises(InsertOnlyError):
        TicketEvent.objects.bulk_update([event], ["kind"])


def test_rows_of_the_history_cannot_be_changed_or_removed_by_sql(ticket, requester):
    AuditEvent.log(AccountEventKind.ACTIVATED, person=requester, by=None)
    statements = [
        "UPDATE tickets_ticketevent SET kind = 'closed'",
        "DELETE FROM tickets_ticketevent",
        "UPDATE tickets_message SET body = 'something else'",
        "DELETE FROM tickets_message",
        "UPDATE tickets_message SET body = ''",
        "UPDATE tickets_message SET body = '', salt = '', digest = 'another'",
        "UPDATE helpdesk_auditevent SET kind = 'deleted'",
        "DELETE FROM helpdesk_auditevent",
    ]
    if connection.vendor == "postgresql":
        statements.append("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE tickets_message")
    else:
        statements.append(
            "REPLACE INTO tickets_message (id, event_id, part, body, salt, digest) "
            "SELECT id, event_id, part, 'other', salt, digest FROM tickets_message"
        )
        statements.append(
            "REPLACE INTO tickets_ticketevent "
            "(ticket_id, version, kind, actor_id, at, data, previous_hash, hash) "
            "SELECT ticket_id, version, 'closed', actor_id, at, data, previous_hash, hash "
            "FROM tickets_ticketevent"
        )

    for statement in statements:
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_trigger_that_says_something_else_is_missed_and_put_right(ticket):
    name, table = "tickets_message_no_delete", "tickets_message"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.id < 0) "
                "EXECUTE FUNCTION helpdesk_refuse_change()"
            )
        else:
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END")
    assert missing_triggers(connection) == [name]

    install_triggers(using="default")

    assert missing_triggers(connection) == []
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_message")


def test_installing_the_triggers_again_changes_nothing(ticket):
    install_triggers(using="default")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_message")


def test_two_events_cannot_have_one_version(ticket):
    twin = TicketEvent(ticket=ticket, version=1, kind=Kind.CLOSED, at=ticket.created_at)

    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save()


def test_an_event_cannot_come_before_the_last_one(ticket, admin):
    with pytest.raises(WrongMoment):
        ticket.assign(admin, by=admin, at=ticket.updated_at - timedelta(seconds=1))

    assert ticket.events.count() == 1


def test_a_clock_set_back_makes_no_negative_durations(ticket, admin, time_machine):
    time_machine.move_to(ticket.created_at - timedelta(hours=1))

    ticket.take(by=admin)

    assert ticket.events.last().at == ticket.created_at
