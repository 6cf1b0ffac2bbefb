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


# -- whose ticket a new one is to be -------------------------------------------------------------
CALLERS = "/admin/tickets/ticket/callers/"
TICKETS = f"{CALLERS}tickets/"


def test_a_caller_is_found_without_a_ticket(console, other_requester):
    found = {"people": [{"name": str(other_requester), "address": other_requester.email}]}

    for asked in ("otto", other_requester.email, "OTHER, otto"):
        assert console.get(CALLERS, {"q": asked}).json() == found, asked


def test_a_caller_is_found_by_the_number_of_their_ticket(console, ticket, requester):
    for asked in (ticket.reference, str(ticket.pk), f"#{ticket.pk}"):
        people = console.get(CALLERS, {"q": asked}).json()["people"]
        assert {"name": "Rita Requester", "address": requester.email} in people, asked


def test_the_deactivated_are_not_offered(console, ticket, requester):
    requester.deactivate(by=None)

    for asked in ("rita", ticket.reference):
        assert console.get(CALLERS, {"q": asked}).json() == {"people": []}
        assert not console.get(TICKETS, {"requester": asked}).content.strip()


def test_few_callers_are_offered(console):
    for number in range(12):
        UserFactory(last_name="Manyfold", email=f"many{number}@example.com")

    assert len(console.get(CALLERS, {"q": "manyfold"}).json()["people"]) == 8


@pytest.mark.parametrize("path", [CALLERS, TICKETS])
def test_who_does_not_open_tickets_for_others_learns_nothing(path, client_of, requester, other_admin):
    assert client_of(requester).get(path, {"q": "rit", "requester": "rit"}).status_code == 404
    other_admin.groups.clear()
    other_admin.user_permissions.set([permission_called("view_ticket")])

    assert client_of(other_admin).get(path, {"q": "rit", "requester": "rit"}).status_code == 403


def permission_called(code):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=code, content_type__app_label="tickets")


def test_the_latest_five_open_tickets_are_shown(console, admin, requester, other_requester):
    for number in range(6):
        TicketFactory(requester=requester, title=f"Open number {number}")
    # Changed later than all of these.
    TicketFactory(requester=other_requester, title="Another's")
    solved = TicketFactory(requester=requester, title="Solved")
    solved.take(by=admin)
    solved.resolve(by=admin)
    trashed = TicketFactory(requester=requester, title="Thrown away")
    trashed.trash(by=admin)

    page = console.get(TICKETS, {"requester": requester.email}).content.decode()

    assert [n for n in range(6) if f"Open number {n}" in page] == [1, 2, 3, 4, 5]
    assert "All their open tickets" in page
    for other in ("Another's", "Solved", "Thrown away"):
        assert other not in page


def test_a_name_of_several_shows_no_tickets(console, ticket):
    UserFactory(first_name="Rita", last_name="Another")

    assert not console.get(TICKETS, {"requester": "rita"}).content.strip()


def test_each_open_ticket_costs_no_query(console, requester, django_assert_max_num_queries):
    for number in range(5):
        TicketFactory(requester=requester, title=f"Open number {number}")

    with django_assert_max_num_queries(10):
        console.get(TICKETS, {"requester": requester.email})


@pytest.mark.parametrize("asked", ["", "\x00", "%", "x" * 5000, "'", "\\", "9" * 40])
@pytest.mark.parametrize("path", [CALLERS, TICKETS])
def test_odd_questions_about_callers_are_answered(path, asked, console, ticket):
    assert console.get(path, {"q": asked, "requester": asked}).status_code == 200
