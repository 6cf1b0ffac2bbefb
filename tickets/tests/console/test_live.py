"""What an open page of the console asks for when a ticket has changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.tests.factories import TicketFactory

from ..live_parts import live_src, parts


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("/admin/", {"figures", "mine", "free", "loads", "requests"}),
        ("/admin/?ratings=me", {"figures", "mine", "free", "loads", "requests"}),
        ("/admin/tickets/ticket/", {"results", "paging"}),
        ("/admin/tickets/ticket/?assignee=me&sort=number", {"results", "paging"}),
        ("/admin/tickets/ticket/?q=nothing-like-it", {"results", "paging"}),
    ],
)
def test_a_list_gets_what_the_page_would_show(console, taken, other_requester, requester, page, wanted):
    address = live_src(console.get(page))
    TicketFactory(requester=requester)
    other_requester.ask_to_be_admin()

    shown, answer = console.get(page), console.get(address)

    assert parts(answer) == parts(shown)
    assert set(parts(shown)) >= wanted
    assert b"<html" not in answer.content
    assert b"<select" not in answer.content


def test_a_ticket_gets_what_the_page_would_show(console, address, taken, other_admin):
    src = live_src(console.get(address()))
    taken.start(by=other_admin)
    taken.note("He does not know.", by=other_admin)

    shown, answer = console.get(address()), console.get(src)
    now, page = parts(answer), parts(shown)

    assert set(now) == {"ticket-head", "ticket-trash", "timeline", "reply-state", "ticket-aside"}
    assert now.pop("timeline").count("New since you opened this page") == 2
    page.pop("timeline")
    assert now == page
    assert b"data-composer" not in answer.content


def test_a_ticket_in_the_trash_says_so(console, address, taken, other_admin):
    taken.trash(by=other_admin)

    assert "has been in the trash" in parts(console.get(address("live")))["ticket-trash"]


def test_the_parts_take_few_queries_whatever_the_data(console, address, taken, admin, other_admin, requester):
    def queries(path):
        with CaptureQueriesContext(connection) as captured:
            console.get(path)
        return len(captured)

    addresses = ["/admin/live/", "/admin/tickets/ticket/live/", address("live")]
    few = [queries(path) for path in addresses]
    for _ in range(10):
        TicketFactory(requester=requester)
        taken.assign(other_admin, by=admin)
        taken.assign(admin, by=other_admin)

    assert [queries(path) for path in addresses] == few
    assert few[0] <= 10
    assert few[1] <= 7
    assert few[2] <= 11
