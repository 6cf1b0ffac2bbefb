"""A ticket opened by an admin on behalf of somebody else."""

import uuid

import pytest

from accounts.tests.factories import UserFactory
from tickets.events import Kind
from tickets.models import Ticket
from tickets.tests.factories import RequestTypeFactory

ADD = "/admin/tickets/ticket/add/"


@pytest.fixture
def typed(requester):
    return {
        "requester": requester.email,
        "title": "Called about the printer",
        "request_type": RequestTypeFactory().pk,
        "description": "It jams.",
        "token": str(uuid.uuid4()),
    }


def test_it_is_the_requester_s_and_opened_by_the_admin(console, typed, requester, admin):
    answer = console.post(ADD, typed)

    ticket = Ticket.objects.get()
    assert answer.url == f"/admin/tickets/ticket/{ticket.pk}/change/"
    assert (ticket.requester, ticket.assignee) == (requester, None)
    event = ticket.events.get()
    assert (event.kind, event.actor) == (Kind.SUBMITTED, admin)


def test_it_can_be_taken_in_the_same_step(console, typed, admin):
    console.post(ADD, typed | {"take": "on"})

    assert Ticket.objects.get().assignee == admin


def test_sent_twice_it_is_one_ticket(console, typed):
    console.post(ADD, typed | {"take": "on"})
    console.post(ADD, typed | {"take": "on"})

    assert Ticket.objects.count() == 1
    assert Ticket.objects.get().events.count() == 2


@pytest.mark.parametrize("name", ["Rita Requester", "requester", "RITA"])
def test_a_name_that_means_one_person_is_enough(console, typed, requester, name):
    console.post(ADD, typed | {"requester": name})

    assert Ticket.objects.get().requester == requester


def test_several_people_of_a_name_are_named(console, typed):
    UserFactory(first_name="Rita", last_name="Another", email="rita2@example.com")

    answer = console.post(ADD, typed | {"requester": "rita"})

    page = answer.content.decode()
    assert "Several people could be meant" in page
    assert "rita2@example.com" in page
    assert "It jams." in page
    assert not Ticket.objects.exists()


def test_nobody_and_the_deactivated_are_refused(console, typed, requester):
    requester.deactivate(by=None)

    for who in (requester.email, "nobody@example.com", "\0", " "):
        answer = console.post(ADD, typed | {"requester": who})
        assert answer.status_code == 200
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"request_type": "x"}, {"description": "\u200b"}, {"token": "x"}]
)
def test_what_cannot_be_is_refused_and_kept(console, typed, wrong):
    answer = console.post(ADD, typed | wrong)

    assert answer.status_code == 200
    assert not Ticket.objects.exists()


def test_users_do_not_reach_it(client_of, requester, typed):
    assert client_of(requester).post(ADD, typed).status_code == 404
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "meant",
    ["Żółć, Ewa", "zolc", "Ewa Żółć <EWA@example.com>", "ewa@xn--bcher-kva.example", "Ewa@BÜCHER.example"],
)
def test_the_requester_is_found_in_any_spelling(meant, console, typed):
    domain = "bücher.example" if "cher" in meant.lower() else "example.com"
    ewa = UserFactory(first_name="Ewa", last_name="Żółć", email=f"ewa@{domain}")

    console.post(ADD, typed | {"requester": meant})

    assert Ticket.objects.get().requester == ewa
