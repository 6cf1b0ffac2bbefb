"""From ticket to ticket in the list one came from, and back to it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/ticket/"


@pytest.fixture
def five(requester):
    """Five tickets, the newest last; the third is about something else."""
    titles = ("Printer 1", "Printer 2", "Mouse", "Printer 4", "Printer 5")
    return [TicketFactory(requester=requester, title=title) for title in titles]


def links(console, **filters):
    """Where the list's rows lead, in order."""
    page = console.get(LIST, filters).content.decode()
    return [unescape(link) for link in re.findall(rf'<a href="({LIST}\d+/change/[^"]*)"', page)]


def neighbours(console, link):
    answer = console.get(link.replace("/change/", "/neighbours/"))
    assert answer.status_code == 200
    return answer.context["previous"], answer.context["next"], answer.context["position"]


def number_in(link):
    return int(link.split("/")[4])


def test_the_rows_of_the_list_say_where_they_stand(console, five):
    page = console.get(LIST, {"q": "printer", "sort": "number"}).content.decode()

    assert f'href="{LIST}{five[0].pk}/change/?list=q%3Dprinter%26sort%3Dnumber&amp;at=~{five[0].pk}"' in page


def test_neighbours_follow_the_filter_and_the_order_of_the_list(console, five):
    rows = links(console, q="printer", sort="number")

    first, second, last = (neighbours(console, rows[n]) for n in (0, 1, 3))

    assert (first[0], number_in(first[1]), first[2]) == ("", five[1].pk, "1 of 4")
    assert (number_in(second[0]), number_in(second[1]), second[2]) == (five[0].pk, five[3].pk, "2 of 4")
    assert (number_in(last[0]), last[1], last[2]) == (five[3].pk, "", "4 of 4")


def test_going_on_and_on_comes_by_every_ticket_once(console, five):
    link, seen = links(console)[0], []
    while link:
        seen.append(number_in(link))
        link = neighbours(console, link)[1]

    assert len(seen) == len(set(seen)) == 5


def test_a_ticket_that_moved_when_it_was_changed_keeps_its_place(console, five, admin):
    rows = links(console)
    five[number := 2].take(by=admin)

    previous, next_, position = neighbours(console, next(r for r in rows if number_in(r) == five[number].pk))

    place = [number_in(row) for row in rows].index(five[number].pk)
    assert number_in(previous) == number_in(rows[place - 1])
    assert number_in(next_) == number_in(rows[place + 1])
    assert position == f"{place + 1} of 5"


def test_without_script_the_same_address_leads_there(console, five):
    rows = links(console, sort="number")
    address = rows[0].replace("/change/", "/neighbours/")

    assert number_in(console.get(f"{address}&go=next").url) == five[1].pk
    # There is nothing before the first: back to the list.
    assert console.get(f"{address}&go=previous").url == f"{LIST}?sort=number"


def test_the_ticket_s_page_leads_back_to_the_list_and_keeps_it(console, five, admin):
    link = links(console, q="printer")[0]
    page = console.get(link).content.decode()

    assert f'href="{LIST}?q=printer"' in page
    assert "data-neighbours" in page
    take = f"{LIST}{number_in(link)}/take/{link[link.index('?') :]}"
    assert take.replace("&", "&amp;") in page
    assert console.post(take).url == link


@pytest.mark.parametrize("verb", ["watch", "unwatch"])
def test_following_a_ticket_keeps_the_list_too(verb, console, five):
    link = links(console, status="open")[0]

    answer = console.post(link.replace("/change/", f"/{verb}/"))

    assert answer.url == link


def test_opened_in_any_other_way_a_ticket_has_no_neighbours(console, five):
    page = console.get(f"{LIST}{five[0].pk}/change/").content.decode()

    assert "data-neighbours" not in page
    assert console.post(f"{LIST}{five[0].pk}/take/").url == f"{LIST}{five[0].pk}/change/"


def test_the_page_takes_no_more_queries_for_it(console, five):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert console.get(address).status_code == 200
        return len(captured)

    link = links(console)[1]
    queries(link)

    assert queries(link) == queries(link.partition("?")[0])
    assert queries(link.replace("/change/", "/neighbours/")) <= 12


@pytest.mark.parametrize(
    "query",
    [
        "list=",
        "list=status%3Dnonsense",
        "list=%00",
        f"list={'x' * 5000}&at={'9' * 400}",
        "at=~1",
        "list=&at=x~y",
    ],
)
def test_nonsense_has_no_neighbours_or_those_of_every_ticket(query, console, five):
    for page in ("change", "neighbours"):
        assert console.get(f"{LIST}{five[0].pk}/{page}/?{query}").status_code == 200


def test_another_site_is_never_where_the_list_was(console, five):
    page = console.get(f"{LIST}{five[0].pk}/change/?list=//evil.example/").content.decode()

    assert 'href="//evil' not in page


def test_neighbours_are_nowhere_for_a_user(client_of, requester, five):
    assert client_of(requester).get(f"{LIST}{five[0].pk}/neighbours/").status_code == 404
