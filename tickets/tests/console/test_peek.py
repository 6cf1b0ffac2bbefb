"""A ticket in the list's panel: what it shows, what it offers, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def peek(address):
    return address("peek")


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_shows_the_ticket_and_what_happened_last(console, peek, ticket, admin):
    for number in range(6):
        ticket.note(f"Step {number}", by=admin)

    fragment = text_of(console.get(peek))

    assert "<html" not in fragment
    for words in (ticket.title, ticket.description, "HD-", "Hardware Issue", "Rita Requester", "2 earlier"):
        assert words in fragment
    assert "Step 5" in fragment
    assert "Step 1" not in fragment


def test_it_leads_to_the_page_and_keeps_the_list(console, peek, ticket):
    fragment = text_of(console.get(peek, {"list": "status=open", "at": "x~1"}))

    assert f"/admin/tickets/ticket/{ticket.pk}/change/?list=status%3Dopen&amp;at=x~1" in fragment


def test_what_nobody_has_can_be_taken(console, peek, address):
    assert f'action="{address("take")}"' in text_of(console.get(peek))


def test_what_a_colleague_has_can_be_assigned_to_oneself(console, peek, address, ticket, admin, other_admin):
    ticket.take(by=other_admin)

    fragment = text_of(console.get(peek))

    assert address("take") not in fragment
    assert f'action="{address("assign")}"' in fragment
    console.post(address("assign"), {"assignee": admin.pk, "version": ticket.version})
    ticket.refresh_from_db()
    assert ticket.assignee == admin


def test_what_one_has_or_is_closed_offers_neither(console, peek, ticket, admin, requester, address):
    ticket.take(by=admin)
    assert "data-peek-act" not in text_of(console.get(peek))
    ticket.withdraw(by=requester)
    assert "data-peek-act" not in text_of(console.get(peek))


def test_view_only_staff_look_and_are_offered_nothing(client_of, viewer, peek, ticket):
    fragment = text_of(client_of(viewer).get(peek))

    assert ticket.title in fragment
    assert "<form" not in fragment


def test_it_is_nowhere_for_a_user_and_for_a_ticket_that_is_not_there(client_of, console, requester, peek):
    assert client_of(requester).get(peek).status_code == 404
    assert console.get("/admin/tickets/ticket/999999/peek/").status_code == 404


def test_looking_leaves_nothing_behind(console, peek, ticket):
    console.get(peek)

    assert ticket.events.count() == 1
    assert not ticket.presences.exists()


def test_queries_do_not_grow_with_the_events(console, peek, ticket, admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get(peek)
        return len(captured)

    ticket.note("One", by=admin)
    few = queries()
    for number in range(30):
        ticket.note(f"Note {number}", by=admin)

    assert queries() == few <= 12
