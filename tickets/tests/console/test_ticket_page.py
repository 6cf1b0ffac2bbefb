"""The page of one ticket: what it tells, and how many queries it takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def test_it_tells_what_is_known(console, address, taken, requester):
    page = console.get(address()).content.decode()

    for words in (taken.title, taken.reference, taken.description, str(requester), requester.email):
        assert words in page
    assert page.count("<h1") == 1


def test_it_shows_the_rating_with_its_comment(console, address, resolved, requester):
    resolved.rate(4, by=requester, comment="Quick, but <i>late</i>.")

    page = console.get(address()).content.decode()

    assert "Rita Requester rated this 4 of 5" in page
    assert "Quick, but &lt;i&gt;late&lt;/i&gt;." in page


def test_a_rating_of_before_a_reopening_is_not_shown_as_the_current_one(
    console, address, resolved, requester, admin
):
    resolved.rate(1, by=requester, comment="Not solved.")
    resolved.reopen(by=admin, text="Trying again.")

    assert console.get(address()).context["feedback"] is None


def test_the_number_of_queries_does_not_grow_with_the_history(console, address, taken, admin, other_admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get(address())
        return len(captured)

    few = queries()
    for _ in range(10):
        taken.assign(other_admin, by=admin)
        taken.assign(admin, by=other_admin)

    assert queries() == few
    assert few <= 12
