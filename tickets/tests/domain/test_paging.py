"""Walking a list page by page, forwards and back, meets every row exactly once."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tickets.models import Ticket
from tickets.paging import Ordering, Page, bounded_count
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
        edge = everything[len(before)]

        page = Page(Ticket.objects.all(), ordering, QueryDict(f"before={edge}"), size=size)

    assert [row.pk for row in page.rows] == before[-size:]
    assert page.has_previous == (len(before) > size)
    assert page.has_next == bool(before)


@pytest.mark.parametrize(
    "edge", ["0", "-1", "x", "", "9223372036854775808", "1" * 30, "٣", "1.5", "%00", "999999"]
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_an_edge_that_is_no_row_of_the_list_leads_to_the_first_page(make, name, edge):
    make(range(3))

    page = Page(Ticket.objects.all(), ORDERINGS[0], QueryDict(f"{name}={edge}"), size=2)

    assert [row.title for row in page.rows] == ["2", "1"]
    assert page.has_next
    assert not page.has_previous


def test_a_row_of_somebody_elses_is_no_edge(make, other_requester):
    make(range(3))
    theirs = TicketFactory(requester=other_requester)
    mine = Ticket.objects.exclude(pk=theirs.pk)

    page = Page(mine, ORDERINGS[0], QueryDict(f"after={theirs.pk}"), size=5)

    assert len(page.rows) == 3
    assert not page.has_previous


def test_a_row_updated_meanwhile_repeats_no_other(make, admin):
    make(range(6))
    first = Page(Ticket.objects.all(), ORDERINGS[0], QueryDict(), size=2)
    Ticket.objects.order_by("updated_at").first().take(by=admin)

    second = Page(Ticket.objects.all(), ORDERINGS[0], QueryDict(first.next_query), size=2)

    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert second.has_previous


def test_the_neighbours_keep_the_filters_and_drop_the_other_edge(make):
    make(range(5))
    middle = Ticket.objects.order_by("-updated_at")[1].pk

    page = Page(Ticket.objects.all(), ORDERINGS[0], QueryDict(f"q=a+b&status=open&after={middle}"), size=2)

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

    # One for the first page, two for each that starts at a row: forwards 2 of them, back 2.
    assert len(queries) == 1 + 2 * 2 + 2 * 2
    assert not any("OFFSET" in query["sql"] or "COUNT" in query["sql"] for query in queries)


@pytest.mark.parametrize(("rows", "says"), [(0, "0"), (3, "3"), (4, "3+")])
def test_a_count_stops_at_its_bound(make, rows, says):
    make(range(rows))

    assert bounded_count(Ticket.objects.all(), bound=3) == says
