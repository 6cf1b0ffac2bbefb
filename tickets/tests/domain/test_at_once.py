"""Thirty-two at once: no lost update, no locked database, one rating, one close, numbers once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.tests.factories import AdminFactory, UserFactory
from tickets.errors import TicketError
from tickets.events import Kind
from tickets.models import Feedback, Status, Ticket
from tickets.models.replay import replay
from tickets.tests.factories import RequestTypeFactory, TicketFactory

THREADS = 32

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, count=THREADS):
    """Run work(0) ... work(count - 1) in threads that start together; answer what each gave or refused.

    Only refusals of the domain are expected; anything else (a locked database) fails the test.
    """
    barrier = Barrier(count)

    def run(number):
        try:
            barrier.wait(timeout=60)
            return work(number)
        except TicketError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def kinds_of(ticket):
    return list(ticket.events.values_list("kind", flat=True))


def test_one_of_many_takes_a_ticket():
    ticket = TicketFactory()
    admins = [AdminFactory() for _ in range(THREADS)]

    outcomes = at_once(lambda n: Ticket.objects.get(pk=ticket.pk).take(by=admins[n]))

    ticket.refresh_from_db()
    assert sum(outcome is None for outcome in outcomes) == 1
    assert kinds_of(ticket) == [Kind.SUBMITTED, Kind.ASSIGNED]
    assert outcomes[admins.index(ticket.assignee)] is None


def test_many_resolving_rating_and_closing_make_one_of_each():
    requester, admin = UserFactory(), AdminFactory()
    ticket = TicketFactory(requester=requester)
    ticket.take(by=admin)

    at_once(lambda n: Ticket.objects.get(pk=ticket.pk).resolve(by=admin))
    at_once(
        lambda n: (
            Ticket.objects.get(pk=ticket.pk).rate(n % 5 + 1, by=requester)
            if n % 2
            else Ticket.objects.get(pk=ticket.pk).close(by=admin)
        )
    )

    ticket.refresh_from_db()
    kinds = kinds_of(ticket)
    assert ticket.status == Status.CLOSED
    assert kinds.count(Kind.RESOLVED) == 1
    assert kinds.count(Kind.CLOSED) <= 1
    assert kinds.count(Kind.RATED) == 1
    assert Feedback.objects.get().score == ticket.score
    assert ticket.version == len(kinds)


def test_edits_of_different_fields_at_once_are_all_kept():
    requester, admin = UserFactory(), AdminFactory()
    tickets = [TicketFactory(requester=requester) for _ in range(THREADS // 2)]

    def edit(n):
        ticket = Ticket.objects.get(pk=tickets[n // 2].pk)
        if n % 2:
            ticket.edit(by=requester, description=f"From {n}", version=1)
        else:
            ticket.edit(by=admin, title=f"From {n}", version=1)

    outcomes = at_once(edit)

    assert outcomes == [None] * THREADS
    for place, ticket in enumerate(tickets):
        ticket.refresh_from_db()
        assert (ticket.title, ticket.description) == (f"From {2 * place}", f"From {2 * place + 1}")


def test_edits_of_the_same_field_at_once_keep_one_and_refuse_the_others():
    requester = UserFactory()
    ticket = TicketFactory(requester=requester)

    outcomes = at_once(
        lambda n: Ticket.objects.get(pk=ticket.pk).edit(by=requester, title=f"From {n}", version=1)
    )

    ticket.refresh_from_db()
    assert sum(outcome is None for outcome in outcomes) == 1
    assert outcomes[int(ticket.title.removeprefix("From "))] is None
    assert replay(ticket.events.all())["title"] == ticket.title


def test_the_same_form_sent_many_times_makes_one_ticket():
    requester, kind = UserFactory(), RequestTypeFactory()

    made = at_once(lambda n: TicketFactory(requester=requester, request_type=kind, key="form:1"))

    assert len({ticket.pk for ticket in made}) == 1
    assert Ticket.objects.get().events.count() == 1


def test_many_submitting_get_different_numbers():
    requester, kind = UserFactory(), RequestTypeFactory()

    made = at_once(lambda n: TicketFactory(requester=requester, request_type=kind))

    assert len({ticket.pk for ticket in made}) == THREADS
