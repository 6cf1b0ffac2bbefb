"""A ticket comes into being."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import UserFactory
from tickets.errors import NotAllowed, WrongMoment
from tickets.events import Kind
from tickets.models import Status, Ticket, TicketEvent
from tickets.tests.factories import RequestTypeFactory, TicketFactory
from tickets.text.validators import TEXT_LENGTH


def test_submitting_opens_a_ticket_with_its_words_and_one_event(requester):
    ticket = TicketFactory(requester=requester, title="No sound", description="Since Monday.\r\nBoth ears.")

    ticket.refresh_from_db()
    event = ticket.events.get()
    assert (ticket.status, ticket.assignee, ticket.version) == (Status.OPEN, None, 1)
    assert ticket.description == "Since Monday.\nBoth ears."
    assert (event.kind, event.actor, event.at) == (Kind.SUBMITTED, requester, ticket.created_at)
    assert (event.title, event.description) == (ticket.title, ticket.description)


def test_the_same_key_makes_one_ticket(requester):
    first = TicketFactory(requester=requester, key="form:1")
    second = TicketFactory(requester=requester, key="form:1", title="Something else")

    assert second.pk == first.pk
    assert second.title == "Screen stays dark"
    assert TicketEvent.objects.count() == 1


def test_without_a_key_twins_are_two_tickets(requester):
    assert TicketFactory(requester=requester).pk != TicketFactory(requester=requester).pk


def test_a_number_is_never_used_twice(requester):
    TicketFactory(requester=requester)
    last = TicketFactory(requester=requester)
    with connection.cursor() as cursor:
        # No verb removes a ticket; this is what the harshest purge would leave behind.
        from helpdesk.db.triggers import remove_triggers

        remove_triggers(connection)
        cursor.execute("DELETE FROM tickets_toldevent")
        cursor.execute("DELETE FROM tickets_message")
        cursor.execute("DELETE FROM tickets_ticketevent")
        cursor.execute("DELETE FROM tickets_ticket WHERE id = %s", [last.pk])

    assert TicketFactory(requester=requester).pk > last.pk


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "\u200b\u200b",
        "\n\t",
        "a" * 201,
        "nul\x00byte",
        "\x1b[31mred",
        "ring\x07",
        "\u202eevil",
        "\u3164",
    ],
)
def test_a_title_that_cannot_be_is_refused(requester, title):
    with pytest.raises(ValidationError) as refusal:
        TicketFactory(requester=requester, title=title)

    assert "title" in refusal.value.message_dict
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("description", ["", " \n ", "a\x00b", "a" * (TEXT_LENGTH + 1)])
def test_a_description_that_cannot_be_is_refused(requester, description):
    with pytest.raises(ValidationError) as refusal:
        TicketFactory(requester=requester, description=description)

    assert "description" in refusal.value.message_dict


def test_nobody_submits_for_another_person_but_those_who_work_tickets(requester, other_requester, admin):
    with pytest.raises(NotAllowed):
        TicketFactory(requester=requester, by=other_requester)

    assert TicketFactory(requester=requester, by=admin).requester == requester


def test_a_deactivated_person_cannot_submit(requester, admin):
    requester.deactivate(by=admin)

    with pytest.raises(NotAllowed):
        TicketFactory(requester=requester)


def test_an_import_may_name_a_moment_in_the_past_but_not_in_the_future(db):
    person = UserFactory(is_active=False)
    moment = timezone.now() - timedelta(days=3000)

    ticket = TicketFactory(requester=person, at=moment)

    assert ticket.created_at == ticket.events.get().at == moment
    with pytest.raises(WrongMoment):
        TicketFactory(requester=person, at=timezone.now() + timedelta(minutes=1))


def test_a_failing_event_leaves_no_ticket(requester, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(TicketEvent, "save", fail)

    with pytest.raises(RuntimeError):
        Ticket.submit(
            title="No sound",
            description="Since Monday.",
            request_type=RequestTypeFactory(),
            requester=requester,
            by=requester,
        )

    assert not Ticket.objects.exists()
