"""The admin sees the ratings, and changes none."""

import pytest

from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/feedback/"


@pytest.fixture
def ratings(requester, admin):
    for score, comment in ((5, "Brilliant."), (2, "Slow.")):
        ticket = TicketFactory(requester=requester, title=f"Rated {score}")
        ticket.take(by=admin)
        ticket.resolve(by=admin)
        ticket.rate(score, by=requester, comment=comment)


def test_the_list_shows_score_ticket_and_comment_latest_first(console, ratings):
    answer = console.get(LIST)

    assert [row.score for row in answer.context["page"].rows] == [2, 5]
    for words in ("Brilliant.", "Rated 5", "Rita Requester rated this 5 of 5", "Ada Admin"):
        assert words in answer.content.decode()


def test_the_list_can_be_narrowed_to_a_score(console, ratings):
    assert [row.score for row in console.get(LIST, {"score": 5}).context["page"].rows] == [5]
    assert console.get(LIST, {"score": 6}).context["page"].rows == []


def test_a_rating_cannot_be_changed_by_any_address(console, ratings):
    for page in ("1/change/", "1/delete/", "add/"):
        assert console.post(f"{LIST}{page}", {"score": 5}).status_code == 404
