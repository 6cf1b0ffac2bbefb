"""Drafts arrive by POST while one types, from those who might send them."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from tickets.models import Draft, SubmissionDraft
from tickets.tests.factories import TicketFactory


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["reply", "ticket"])
def test_a_save_on_its_way_while_it_is_sent_brings_nothing_back(what, address, ticket, client_of, requester):
    client = client_of(requester)
    words = {"title": "No picture", "description": "Since noon."}

    def save():
        try:
            if what == "reply":
                typed = {"visibility": "reply", "text": "Since noon.", "version": 1}
                return client.post(address, typed).status_code
            return client.post("/tickets/new/draft/", words).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            if what == "reply":
                ticket.reply("Since noon.", by=requester, draft="")
            else:
                TicketFactory(requester=requester, request_type=ticket.request_type, **words)
                SubmissionDraft.objects.forget("", by=requester, **words)
            saving = pool.submit(save)
            # Whatever does not wait for the transaction is done by then.
            wait([saving], timeout=0.5)

        assert saving.result() == 409
    assert not Draft.objects.exists()
    assert not SubmissionDraft.objects.exists()
