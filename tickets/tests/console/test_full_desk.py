"""With 10,000 tickets, and 200 events on one of them, the console asks no more than with a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tickets.benchmarks.dataset import make_conversation, make_people, make_tickets
from tickets.models import Ticket

TICKETS, EVENTS, MOST_QUERIES = 10_000, 200, 13


@pytest.fixture
def queries(client_of):
    def count(reader, address):
        browser = client_of(reader)
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    return count


@pytest.mark.any_database
def test_the_pages_of_a_full_desk_ask_as_little_as_those_of_an_empty_one(db, queries):
    requesters, admins = make_people()
    story = make_conversation(requesters[0], admins[0], 6)
    pages = ["/admin/", "/admin/tickets/ticket/", f"/admin/tickets/ticket/{story.pk}/change/"]
    few = [queries(admins[0], page) for page in pages]

    make_conversation(requesters[0], admins[0], EVENTS, ticket=story)
    make_tickets(TICKETS, requesters, admins, timezone.now())

    assert Ticket.objects.count() == TICKETS + 1
    assert story.events.count() == EVENTS
    many = [queries(admins[0], page) for page in pages]
    assert max(many) <= MOST_QUERIES
    assert many == few
