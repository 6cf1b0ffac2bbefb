"""Whoever subscribes is told of each event in its own transaction."""

import pytest

from tickets.events import Kind
from tickets.models import TicketEvent
from tickets.models.subscribers import subscribe, unsubscribe
from tickets.tests.factories import TicketFactory


@pytest.fixture
def subscribed():
    """Subscribe what is given, until the test ends."""
    subscribers = []

    def add(subscriber):
        subscribers.append(subscriber)
        subscribe(subscriber)

    yield add
    for subscriber in subscribers:
        unsubscribe(subscriber)


def test_a_subscriber_is_told_of_each_event_once_with_all_that_belongs_to_it(subscribed, ticket, admin):
    told = []
    subscribed(lambda event: told.append((event.pk, event.kind, event.text)))

    ticket.take(by=admin)
    ticket.reply("We look into it.", by=admin)

    assert told == [(event.pk, event.kind, event.text) for event in ticket.events.all()[1:]]
    assert told[-1][1:] == (Kind.REPLIED, "We look into it.")


def test_subscribing_twice_is_subscribing_once(subscribed, ticket, admin):
    told = []

    def remember(event):
        told.append(event.pk)

    subscribed(remember)
    subscribe(remember)
    ticket.take(by=admin)

    assert len(told) == 1


def test_what_a_subscriber_raises_undoes_the_verb(subscribed, ticket, admin):
    def refuse(event):
        raise LookupError

    subscribed(refuse)
    with pytest.raises(LookupError):
        ticket.take(by=admin)

    ticket.refresh_from_db()
    assert ticket.assignee is None
    assert TicketEvent.objects.filter(ticket=ticket).count() == 1


def test_the_past_is_not_told(subscribed, requester, admin):
    ticket = TicketFactory(requester=requester)
    told = []
    subscribed(told.append)

    ticket.assign(admin, by=admin, at=ticket.updated_at)

    assert told == []
