"""Requesters to filter by: names and addresses of those who opened a ticket, for those who see every ticket."""

import pytest

from accounts.tests.factories import UserFactory
from tickets.tests.factories import TicketFactory

CREATORS = "/admin/tickets/ticket/creators/"


def test_a_creator_is_found_by_a_part_of_the_name(console, ticket, requester, other_requester):
    answer = console.get(CREATORS, {"q": "rit"}).json()

    assert answer == {"people": [{"name": "Rita Requester", "address": requester.email}]}
    # Without a ticket, nobody.
    assert console.get(CREATORS, {"q": "Otto"}).json() == {"people": []}


def test_a_user_learns_nothing(client_of, ticket, other_requester):
    assert client_of(other_requester).get(CREATORS, {"q": "rit"}).status_code == 404


@pytest.mark.parametrize("asked", ["", "\x00", "%", "x" * 5000, "'", "\\"])
def test_odd_questions_are_answered(asked, console, ticket):
    assert console.get(CREATORS, {"q": asked}).status_code == 200


@pytest.mark.parametrize(
    "asked", ["Żółć, Ewa", "zolc", "Ewa Żółć <ewa@example.com>", "Z\u0307o\u0301łc\u0301"]
)
def test_a_creator_is_found_as_their_name_is_pasted(asked, console):
    ewa = UserFactory(first_name="Ewa", last_name="Żółć", email="ewa@example.com")
    TicketFactory(requester=ewa, title="Hers")
    TicketFactory(requester=UserFactory(last_name="Zola"), title="Another's")

    assert console.get(CREATORS, {"q": asked}).json() == {
        "people": [{"name": "Ewa Żółć", "address": ewa.email}]
    }
    listed = console.get("/admin/tickets/ticket/", {"requester": asked})
    assert [ticket.title for ticket in listed.context["page"].rows] == ["Hers"]
