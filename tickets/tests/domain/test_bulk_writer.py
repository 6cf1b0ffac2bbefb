"""Histories written in bulk are what the verbs would have left."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tickets.errors import WrongMoment
from tickets.events import Kind
from tickets.integrity.verify import LogVerifier
from tickets.models import Feedback, Notification, Status, Ticket, TicketEvent
from tickets.models.ticket.bulk_writer import History, write_in_bulk
from tickets.models.ticket.fields import LOGGED
from tickets.models.ticket.lifecycle import enter
from tickets.tests.factories import RequestTypeFactory, TicketFactory
from tickets.tests.history import assert_history_tells_every_row

# Of a ticket's row and of its events, what does not depend on its number and on salts.
ROW = (*LOGGED, "title", "description", "version", "updated_at", "publicly_updated_at")


@pytest.fixture
def at():
    """The moment of a step: the first at -30 minutes, each a minute later."""
    start = timezone.now() - timedelta(minutes=30)
    return lambda step: start + timedelta(minutes=step)


@pytest.fixture
def submitted(requester, at):
    def submitted(**changed):
        words = {"title": "Screen stays dark", "description": "Since\r\nMonday.", "at": at(0), **changed}
        return History(request_type=RequestTypeFactory(), requester=requester, **words)

    return submitted


@pytest.fixture
def solved(submitted, requester, admin, at):
    """From its opening to its rating."""
    history = submitted()
    ticket = history.ticket
    with history.change(Kind.ASSIGNED, by=admin, at=at(1)):
        ticket.assignee = admin
    with history.change(Kind.REPLIED, by=admin, at=at(2)) as change:
        change.words["text"] = "Look at the cable."
    with history.change(Kind.RESOLVED, by=admin, at=at(3)) as change:
        enter(ticket, Status.RESOLVED, change.moment)
        ticket.resolved_by = admin
    with history.change(Kind.RATED, by=requester, at=at(4)) as change:
        enter(ticket, Status.CLOSED, change.moment)
        ticket.score = 5
        change.words["text"] = "Thank you."
    history.feedback.append(
        Feedback(ticket=ticket, score=5, comment="Thank you.", resolver=admin, given_at=at(4))
    )
    return history


def assert_the_log_holds():
    for _ in LogVerifier().run():
        pass
    assert_history_tells_every_row()


def test_rows_and_events_are_those_of_the_verbs(solved, requester, admin, at):
    by_verbs = Ticket.submit(
        title="Screen stays dark",
        description="Since\r\nMonday.",
        request_type=solved.ticket.request_type,
        requester=requester,
        by=requester,
        at=at(0),
    )
    by_verbs.assign(admin, by=admin, at=at(1))
    by_verbs.reply("Look at the cable.", by=admin, at=at(2))
    by_verbs.resolve(by=admin, at=at(3))
    by_verbs.rate(5, by=requester, comment="Thank you.", at=at(4))

    write_in_bulk([solved])

    one, other = Ticket.objects.order_by("pk")
    assert {name: getattr(one, name) for name in ROW} == {name: getattr(other, name) for name in ROW}
    assert _events(one) == _events(other)
    assert _feedback(one) == _feedback(other)
    assert_the_log_holds()


def test_the_chain_goes_on_with_the_verbs(submitted, solved, admin):
    TicketFactory().take(by=admin)

    assert write_in_bulk([solved, submitted(), submitted()], batch_size=2) == 3

    TicketFactory().take(by=admin)
    assert list(Ticket.objects.order_by("pk").values_list("version", flat=True)) == [2, 5, 1, 1, 2]
    assert_the_log_holds()


def test_verbs_go_on_with_a_ticket_of_it(solved, admin):
    write_in_bulk([solved])

    Ticket.objects.get().reopen(by=admin, text="It went dark again.")

    assert_the_log_holds()


def test_nobody_is_told(solved):
    write_in_bulk([solved])

    assert not Notification.objects.exists()


def test_an_empty_list_writes_nothing(db):
    assert write_in_bulk([]) == 0
    assert_the_log_holds()


@pytest.mark.parametrize("minute", [-1, 31])
def test_a_moment_before_the_last_or_in_the_future_is_refused(minute, submitted, admin, at):
    history = submitted()

    with pytest.raises(WrongMoment), history.change(Kind.STARTED, by=admin, at=at(minute)):
        pytest.fail("The moment should have been refused.")


def test_a_key_that_made_a_ticket_leaves_nothing_of_the_whole(submitted):
    with pytest.raises(IntegrityError):
        write_in_bulk([submitted(key="row 1"), submitted(key="row 2"), submitted(key="row 1")], batch_size=1)

    assert not Ticket.objects.exists()


def _events(ticket):
    rows = TicketEvent.objects.filter(ticket=ticket).order_by("version")
    words = {event.version: sorted(event.messages.values_list("part", "body")) for event in rows}
    return list(rows.values_list("version", "kind", "actor", "at", "data")), words


def _feedback(ticket):
    return (
        Feedback.objects.filter(ticket=ticket).values_list("score", "comment", "resolver", "given_at").get()
    )
