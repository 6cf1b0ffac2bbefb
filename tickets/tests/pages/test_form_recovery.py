"""A session that ended while somebody was writing costs them nothing but a sign-in."""

import re

import pytest

from tickets.models import Ticket
from tickets.tests.factories import RequestTypeFactory


def hidden_fields(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


@pytest.fixture
def typed():
    return {
        "title": "A long story",
        "request_type": RequestTypeFactory().pk,
        "description": "Once upon a time\r\nthere was a printer.",
    }


def test_a_new_ticket_typed_before_the_session_ended_waits_behind_the_sign_in(requester, client_of, typed):
    client = client_of(requester)
    hidden = hidden_fields(client.get("/tickets/new/").content.decode())
    client.logout()

    sent = client.post("/tickets/new/", hidden | typed)
    assert sent.status_code == 302
    assert sent.url == "/auth/login/?next=/tickets/new/"
    assert not Ticket.objects.exists()

    client.force_login(requester)
    page = client.get("/tickets/new/").content.decode()
    assert "A long story" in page
    assert "there was a printer." in page
    assert "what you typed is still here" in page

    client.post("/tickets/new/", hidden_fields(page) | typed)
    assert Ticket.objects.get().title == "A long story"


def test_an_edit_typed_before_the_session_ended_still_starts_from_its_version(
    requester, admin, ticket, client_of, typed
):
    client, url = client_of(requester), f"/tickets/{ticket.pk}/edit/"
    hidden = hidden_fields(client.get(url).content.decode())
    client.logout()
    client.post(url, hidden | typed)
    ticket.edit(by=admin, title="Changed by Ada")

    client.force_login(requester)
    page = client.get(url).content.decode()
    assert "A long story" in page
    answer = client.post(url, hidden_fields(page) | typed)

    assert answer.status_code == 409
    assert "It is now: “Changed by Ada”" in answer.content.decode()


def test_nobody_else_sees_it(requester, other_requester, client_of, typed):
    client = client_of(requester)
    hidden = hidden_fields(client.get("/tickets/new/").content.decode())
    client.logout()
    client.post("/tickets/new/", hidden | typed)

    client.force_login(other_requester)
    page = client.get("/tickets/new/").content.decode()

    assert "A long story" not in page
