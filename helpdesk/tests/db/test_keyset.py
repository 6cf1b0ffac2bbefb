"""Walking a list page by page, forwards and back, meets every row exactly once."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.db.keyset import Ordering, Page, bounded_count
from tickets.models import Ticket
from tickets.tests.factories import RequestTypeFactory, TicketFactory

DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ORDERINGS = [
    Ordering("Newest", "updated_at", descending=True),
    Ordering("Oldest", "updated_at", descending=False),
    Ordering("Title", "title", descending=False),
    Ordering("Number", "id", descending=True),
    Ordering("First number", "id", descending=False),
]


@pytest.fixture
def make(requester):
    kind = RequestTypeFactory()

    def make_tickets(minutes):
        """Submit one ticket for each minute of the day given; twins share a moment and a title."""
        for minute in minutes:
            at = DAY + timedelta(minutes=minute)
            TicketFactory(requester=requester, request_type=kind, title=f"{minute % 3}", at=at)

    return make_tickets


def walk(ordering, size, *, params=""):
    """Answer the pages from the first, and the same ones met on the way back from the last."""
    pages = [Page(Ticket.objects.all(), ordering, QueryDict(params), size=size)]
    while pages[-1].has_next:
        pages.append(Page(Ticket.objects.all(), ordering, QueryDict(pages[-1].next_query), size=size))
    back = [pages[-1]]
    while back[0].has_previous:
        previous = QueryDict(back[0].previous_query)
        back.insert(0, Page(Ticket.objects.all(), ordering, previous, size=size))
    return pages, back


def numbers(pages):
    return [[row.pk for row in page.rows] for page in pages]


@contextmanager
def forgotten():
    """Undo at its end what was written: hypothesis runs its examples inside one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    minutes=st.lists(st.integers(0, 5), max_size=12),
    size=st.integers(1, 5),
    ordering=st.sampled_from(ORDERINGS),
)
def test_all_pages_forwards_and_back_hold_each_row_once_and_in_order(make, minutes, size, ordering):
    with forgotten():
        make(minutes)
        expected = list(Ticket.objects.order_by(*ordering.order()).values_list("pk", flat=True))

        pages, back = walk(ordering, size)

    assert [number for page in numbers(pages) for number in page] == expected
    assert numbers(back) == numbers(pages)
    assert all(len(page.rows) == size for page in pages[:-1])
    assert not pages[0].has_previous
    assert not pages[-1].has_next


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    minutes=st.lists(st.integers(0, 5), min_size=1, max_size=10),
    size=st.integers(1, 4),
    ordering=st.sampled_from(ORDERINGS),
    place=st.integers(0, 9),
)
def test_a_page_before_a_row_holds_its_nearest_predecessors(make, minutes, size, ordering, place):
    with forgotten():
        make(minutes)
        everything = list(Ticket.objects.order_by(*ordering.order()).values_list("pk", flat=True))
        before = everything[: place % len(everything)]
        edge = QueryDict(mutable=True)
        edge["before"] = ordering.cursor_of(Ticket.objects.get(pk=everything[len(before)]))

        page = Page(Ticket.objects.all(), ordering, edge, size=size)

    # Before the very first row there is nothing: the first page is shown instead.
    assert [row.pk for row in page.rows] == (before[-size:] or everything[:size])
    assert page.has_previous == (len(before) > size)
    assert page.has_next == (bool(before) or len(everything) > size)


@pytest.mark.parametrize(
    "edge",
    [
        "0",
        "x",
        "",
        "~",
        "2026-03-02~",
        "2026-03-02T09:00:00Z~x",
        "2026-03-02T09:00:00Z~" + "1" * 30,
        "nonsense~1",
        "2026-99-99~1",
        "a%00b~1",
        "2026-03-02T09:00:00Z~٣",
        "2026-03-02T09:00:00~1",
        "0001-01-01T00:00:00%2B14:00~1",
        "9999-12-31T23:59:59-14:00~1",
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_place_that_is_none_leads_to_the_first_page(make, name, edge):
    make(range(3))

    page = Page(Ticket.objects.all(), ORDERINGS[0], QueryDict(f"{name}={edge}"), size=2)

    assert [row.title for row in page.rows] == ["2", "1"]
    assert page.has_next
    assert not page.has_previous


def test_a_row_that_moved_meanwhile_loses_nobody_their_place(make, admin):
    make(range(6))
    everything = Ticket.objects.all()
    first = Page(everything, ORDERINGS[0], QueryDict(), size=2)
    second = Page(everything, ORDERINGS[0], QueryDict(first.next_query), size=2)
    third = Page(everything, ORDERINGS[0], QueryDict(second.next_query), size=2)

    onwards, backwards = second.next_query, third.previous_query

    second.rows[-1].take(by=admin)
    third.rows[0].take(by=admin)

    after = Page(everything, ORDERINGS[0], QueryDict(onwards), size=2)
    back = Page(everything, ORDERINGS[0], QueryDict(backwards), size=2)
    assert [row.created_at.minute for row in after.rows] == [0]
    assert [row.created_at.minute for row in back.rows] == [4, 3]


def test_a_row_that_left_the_list_is_still_a_place(make, admin):
    make(range(4))
    unassigned = Ticket.objects.unassigned()
    first = Page(unassigned, ORDERINGS[1], QueryDict(), size=2)

    onwards = first.next_query

    first.rows[-1].take(by=admin)
    second = Page(unassigned, ORDERINGS[1], QueryDict(onwards), size=2)

    assert [row.created_at.minute for row in second.rows] == [2, 3]


def test_the_neighbours_keep_the_filters_and_drop_the_other_edge(make):
    make(range(5))
    params = QueryDict("q=a+b&status=open", mutable=True)
    params["after"] = ORDERINGS[0].cursor_of(Ticket.objects.order_by("-updated_at")[1])

    page = Page(Ticket.objects.all(), ORDERINGS[0], params, size=2)

    following, previous = QueryDict(page.next_query), QueryDict(page.previous_query)
    assert following["q"] == previous["q"] == "a b"
    assert following["status"] == "open"
    assert following.keys() == {"q", "status", "after"}
    assert previous.keys() == {"q", "status", "before"}


def test_an_empty_list_has_one_empty_page(db):
    page = Page(Ticket.objects.all(), ORDERINGS[0], QueryDict(), size=2)

    assert page.rows == []
    assert page.next_query == page.previous_query == ""


def test_the_thousandth_page_costs_what_the_second_costs(make):
    make(range(9))

    with CaptureQueriesContext(connection) as queries:
        walk(ORDERINGS[0], 3)

    # One for each page: forwards three of them, back two.
    assert len(queries) == 3 + 2
    assert not any("OFFSET" in query["sql"] or "COUNT" in query["sql"] for query in queries)


@pytest.mark.parametrize(("rows", "says"), [(0, "0"), (3, "3"), (4, "3+")])
def test_a_count_stops_at_its_bound(make, rows, says):
    make(range(rows))

    assert bounded_count(Ticket.objects.all(), bound=3) == says
