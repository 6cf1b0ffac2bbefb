"""Drafts arrive by POST while one types, from those who might send them."""

import pytest

from tickets.models import Draft


@pytest.fixture
def address(ticket):
    return f"/tickets/{ticket.pk}/draft/"


def test_a_draft_is_saved_and_given_back(address, ticket, client_of, requester):
    client = client_of(requester)

    answer = client.post(address, {"visibility": "reply", "text": "It still\r\nflickers"})

    draft = Draft.objects.get()
    assert draft.text == "It still\nflickers"
    assert answer.json()["saved_at"][:19] == draft.updated_at.isoformat()[:19]
    assert "It still\nflickers</textarea>" in client.get(f"/tickets/{ticket.pk}/").content.decode()


def test_an_empty_text_forgets_it(address, client_of, requester):
    client = client_of(requester)
    client.post(address, {"visibility": "reply", "text": "Hello"})

    assert client.post(address, {"visibility": "reply", "text": ""}).json() == {"saved_at": None}

    assert not Draft.objects.exists()


def test_another_s_ticket_is_missing_and_a_requester_writes_no_note(
    address, client_of, requester, other_requester
):
    assert client_of(other_requester).post(address, {"visibility": "reply", "text": "x"}).status_code == 404
    assert client_of(requester).post(address, {"visibility": "note", "text": "x"}).status_code == 403

    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"visibility": "reply", "text": "x" * 20_001},
        {"visibility": "reply", "text": "a\x00b"},
        {"visibility": "shout", "text": "x"},
        {"text": "x"},
        {"visibility": "reply", "text": "x", "version": "-1"},
        {"visibility": "reply", "text": "x", "version": "9" * 30},
    ],
)
def test_what_cannot_be_is_refused(typed, address, client_of, admin):
    assert client_of(admin).post(address, typed).status_code == 400

    assert not Draft.objects.exists()


def test_a_save_that_comes_after_the_sending_brings_nothing_back(address, ticket, client_of, admin):
    version = ticket.version
    ticket.reply("Have you restarted?", by=admin)

    late = {"visibility": "reply", "text": "Have you restarted", "version": version}
    answer = client_of(admin).post(address, late)

    assert answer.status_code == 409
    assert not Draft.objects.exists()
    assert client_of(admin).post(address, {**late, "version": ticket.version}).status_code == 200
