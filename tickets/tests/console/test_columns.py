"""The columns of Manage Tickets: each person's own, kept in the database, the usual ones without a choice."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.models import ColumnPreference
from tickets.models.column_preference import USUAL, Column

LIST = "/admin/tickets/ticket/"
COLUMNS = f"{LIST}columns/"


def heads(console):
    """What stands over the columns, without the boxes to tick."""
    page = console.get(LIST, {"status": "all"}).content.decode()
    found = re.findall(r'role="columnheader"\s+class="cs-col-[^>]+>(?:\s*<a [^>]+>)?([^<]+)', page)
    return [words.strip() for words in found]


def test_without_a_choice_the_usual_ones_are_shown(console, ticket):
    assert heads(console) == ["Ticket", *(column.label for column in USUAL)]


def test_chosen_ones_are_shown_in_their_order_and_to_this_person_alone(
    console, client_of, other_admin, ticket
):
    answer = console.post(COLUMNS, {"column": ["rating", "creator"], "list": "status=open&q=a+b"})

    assert answer.url == f"{LIST}?status=open&q=a+b"
    assert heads(console) == ["Ticket", "Requester", "Rating"]
    assert len(heads(client_of(other_admin))) == 1 + len(USUAL)


def test_no_column_at_all_is_a_choice_and_the_usual_ones_come_back(console, admin, ticket):
    console.post(COLUMNS, {})
    assert heads(console) == ["Ticket"]

    console.post(COLUMNS, {"usual": "1", "column": "rating"})

    assert not ColumnPreference.objects.exists()
    assert ColumnPreference.objects.of(admin) == list(USUAL)


def test_columns_there_are_not_are_left_out(console, admin, ticket):
    console.post(COLUMNS, {"column": ["password", "status", "status", "\x00"]})
    assert ColumnPreference.objects.get(person=admin).columns == ["status"]

    ColumnPreference.objects.filter(person=admin).update(columns=["of a newer version", "opened"])
    assert heads(console) == ["Ticket", "Opened"]


def test_every_column_comes_with_the_ticket(console, requester, admin, ticket):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.rate(4, by=requester)
    queries = []
    for columns in ([], Column.values):
        console.post(COLUMNS, {"column": columns})
        with CaptureQueriesContext(connection) as captured:
            console.get(LIST)
        queries.append(len(captured))

    assert queries[0] == queries[1]


def test_every_column_is_drawn(console, requester, admin, ticket):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.rate(4, by=requester)
    console.post(COLUMNS, {"column": Column.values})

    page = console.get(LIST, {"status": "all"}).content.decode()

    # Beside the ticket's own head, and the box to tick in its row.
    assert len(heads(console)) - 1 == page.count('<td role="cell"') - 1 == len(Column)
    assert "4 of 5" in page


@pytest.mark.parametrize("back", ["//evil.example", "x" * 20_000, "\x00", "https://evil.example/?a=b"])
def test_choosing_leads_back_to_the_list_only(back, console):
    assert console.post(COLUMNS, {"list": back}).url.startswith(LIST)
