"""Where one goes on after a ticket is resolved or closed: remembered for each person."""

import pytest

from tickets.models import AfterSolvingPreference, Status
from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/ticket/"
FROM = "?list=sort%3Dnumber&at="


@pytest.fixture
def three(requester, admin):
    """Three tickets of the admin's, in the order of the list."""
    tickets = [TicketFactory(requester=requester, title=f"Printer {number}") for number in (1, 2, 3)]
    for ticket in tickets:
        ticket.take(by=admin)
    return tickets


def resolve(console, ticket, query=None, **words):
    query = f"{FROM}~{ticket.pk}" if query is None else query
    return console.post(f"{LIST}{ticket.pk}/resolve/{query}", {"version": ticket.version, **words})


def page_of(ticket):
    return f"{LIST}{ticket.pk}/change/"


def test_who_chose_nothing_stays(console, three):
    assert resolve(console, three[0]).url.startswith(page_of(three[0]))
    assert not AfterSolvingPreference.objects.exists()


def test_the_next_of_the_list_comes_though_the_list_has_lost_this_one(console, three, admin):
    answer = console.get(f"{LIST}?sort=number&status=open")
    assert answer.status_code == 200
    query = f"?list=sort%3Dnumber%26status%3Dopen&at=~{three[0].pk}"

    answer = console.post(
        f"{LIST}{three[0].pk}/resolve/{query}", {"version": three[0].version, "after": "next"}, follow=True
    )

    assert answer.redirect_chain[-1][0].startswith(page_of(three[1]))
    assert "HD-" in answer.content.decode()
    assert f"{three[0].reference} is Resolved" in answer.content.decode()


def test_after_the_last_one_the_list_is_shown(console, three):
    answer = console.post(
        f"{LIST}{three[2].pk}/resolve/{FROM}~{three[2].pk}",
        {"version": three[2].version, "after": "next"},
        follow=True,
    )

    assert answer.redirect_chain[-1][0] == f"{LIST}?sort=number"


def test_the_choice_is_remembered_for_this_person_alone(console, client_of, other_admin, three):
    assert resolve(console, three[0], after="list").url == f"{LIST}?sort=number"

    page = console.get(page_of(three[1]) + f"{FROM}~{three[1].pk}")
    assert page.context["forms"]["resolve"]["after"].value() == "list"
    theirs = client_of(other_admin).get(page_of(three[1]) + f"{FROM}~{three[1].pk}")
    assert theirs.context["forms"]["resolve"]["after"].value() == "stay"

    # Where nothing is asked, too: when it is closed, and when a reply resolves it.
    three[0].refresh_from_db()
    closed = console.post(f"{LIST}{three[0].pk}/close/{FROM}~{three[0].pk}", {"version": three[0].version})
    assert closed.url == f"{LIST}?sort=number"
    words = {"visibility": "reply", "text": "Solved.", "then": "resolved", "version": three[1].version}
    assert (
        console.post(f"{LIST}{three[1].pk}/message/{FROM}~{three[1].pk}", words).url == f"{LIST}?sort=number"
    )


def test_staying_can_be_chosen_again(console, three):
    resolve(console, three[0], after="list")
    assert resolve(console, three[1], after="stay").url.startswith(page_of(three[1]))

    assert AfterSolvingPreference.objects.get().choice == "stay"


def test_without_a_list_there_is_nowhere_to_go(console, three, admin):
    AfterSolvingPreference.objects.remember("next", by=admin)

    page = console.get(page_of(three[0]))
    assert "after" not in page.context["forms"]["resolve"].fields
    assert resolve(console, three[0], query="").url == page_of(three[0])


def test_a_place_that_is_none_is_refused(console, three):
    answer = resolve(console, three[0], after="https://evil.example/")

    assert answer.status_code == 200
    three[0].refresh_from_db()
    assert three[0].status == Status.OPEN


def test_a_plain_reply_to_what_is_resolved_stays(console, three, admin):
    AfterSolvingPreference.objects.remember("list", by=admin)
    three[0].resolve(by=admin)

    answer = console.post(
        f"{LIST}{three[0].pk}/message/{FROM}~{three[0].pk}",
        {"visibility": "reply", "text": "One more word.", "then": "", "version": three[0].version},
    )

    three[0].refresh_from_db()
    assert answer.url.startswith(page_of(three[0]))
    assert answer.url.endswith(f"#e{three[0].version}")
