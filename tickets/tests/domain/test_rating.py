"""The requester judges the result."""

import pytest

from tickets.errors import AlreadyRated, InTrash, NotAllowed, NotRateable
from tickets.events import Kind
from tickets.models import Feedback, Status
from tickets.tests.factories import TicketFactory


def test_rating_closes_the_ticket_and_keeps_score_comment_and_resolver(resolved, requester, admin):
    resolved.rate(4, by=requester, comment="Quick.")

    resolved.refresh_from_db()
    feedback = Feedback.objects.get()
    event = resolved.events.last()
    assert (resolved.status, resolved.score) == (Status.CLOSED, 4)
    assert (feedback.score, feedback.comment, feedback.resolver) == (4, "Quick.", admin)
    assert (event.kind, event.score, event.text) == (Kind.RATED, 4, "Quick.")
    assert resolved.closed_at == event.at == feedback.given_at


@pytest.mark.parametrize("score", [0, 6, -1, 100, None, "5", 4.5])
def test_only_1_to_5_is_a_rating(resolved, requester, score):
    with pytest.raises(NotRateable):
        resolved.rate(score, by=requester)

    assert not Feedback.objects.exists()


def test_rating_twice_is_refused(resolved, requester):
    resolved.rate(4, by=requester)

    with pytest.raises(AlreadyRated):
        resolved.rate(5, by=requester)

    assert Feedback.objects.get().score == 4


def test_a_ticket_that_was_never_resolved_is_not_rated(ticket, requester):
    with pytest.raises(NotRateable):
        ticket.rate(5, by=requester)

    ticket.withdraw(by=requester)
    with pytest.raises(NotRateable):
        ticket.rate(5, by=requester)


def test_only_the_requester_rates(resolved, other_requester, admin):
    for person in (other_requester, admin):
        with pytest.raises(NotAllowed):
            resolved.rate(5, by=person)


def test_nobody_rates_their_own_solution(admin):
    ticket = TicketFactory(requester=admin)
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    with pytest.raises(NotAllowed):
        ticket.rate(5, by=admin)


def test_a_ticket_closed_without_rating_can_still_be_rated(resolved, requester, admin):
    resolved.close(by=admin)

    resolved.rate(3, by=requester)

    resolved.refresh_from_db()
    assert (resolved.status, resolved.score) == (Status.CLOSED, 3)


def test_reopening_keeps_the_old_rating_in_the_history_and_asks_again(resolved, requester, admin):
    resolved.rate(1, by=requester, comment="Still dark.")
    resolved.reopen(by=admin, text="He is right.")
    resolved.resolve(by=admin)

    resolved.rate(5, by=requester)

    resolved.refresh_from_db()
    assert resolved.score == 5
    assert list(Feedback.objects.order_by("id").values_list("score", flat=True)) == [1, 5]
    assert Feedback.objects.current().get().score == 5
    assert [event.score for event in resolved.events.all() if event.kind == Kind.RATED] == [1, 5]


def test_a_ticket_in_the_trash_is_not_rated(resolved, requester, admin):
    resolved.trash(by=admin)

    with pytest.raises(InTrash):
        resolved.rate(5, by=requester)
