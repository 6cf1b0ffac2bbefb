"""The requester replies on the ticket's page."""

import re

import pytest
from django.urls import reverse

from tickets.events import Kind
from tickets.models import HoldReason, Status


def address(ticket):
    return reverse("ticket_reply", args=[ticket.pk])


@pytest.fixture
def client(client_of, requester):
    return client_of(requester)


def test_a_reply_is_sent_from_the_ticket_s_page(client, ticket, requester):
    page = client.get(ticket.get_absolute_url()).content.decode()
    assert f'action="{address(ticket)}"' in page

    answer = client.post(address(ticket), {"text": "It is the **left** one.", "version": 1})

    assert answer.url == ticket.get_absolute_url()
    assert b"It is the <strong>left</strong> one." in client.get(ticket.get_absolute_url()).content
    assert (ticket.events.last().kind, ticket.events.last().actor) == (Kind.REPLIED, requester)


def test_the_page_says_what_a_reply_does(client, ticket, admin):
    ticket.take(by=admin)
    ticket.hold(HoldReason.REQUESTER, by=admin, text="Which one?")
    assert b"Your reply puts this ticket back in progress." in client.get(ticket.get_absolute_url()).content

    client.post(address(ticket), {"text": "The left one."})
    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS

    ticket.resolve(by=admin)
    assert b"Replying reopens this ticket." in client.get(ticket.get_absolute_url()).content


def test_a_closed_ticket_offers_no_reply_and_takes_none(client, ticket, requester):
    ticket.withdraw(by=requester)

    assert address(ticket).encode() not in client.get(ticket.get_absolute_url()).content
    answer = client.post(address(ticket), {"text": "One more thing."})

    assert answer.status_code == 409
    assert b"may not do this" in answer.content
    assert ticket.events.count() == 2


def test_somebody_else_s_ticket_is_missing(client_of, other_requester, ticket):
    assert client_of(other_requester).post(address(ticket), {"text": "Me too."}).status_code == 404
    assert ticket.events.count() == 1


def test_an_answer_that_came_meanwhile_is_read_first(client, ticket, admin):
    ticket.reply("Please restart it.", by=admin)

    answer = client.post(address(ticket), {"text": "Nobody answers!", "version": 1})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Please restart it." in shown
    assert "New since you opened this page" in shown
    assert "Nobody answers!" in shown
    # Nobody made a mistake.
    assert "hd-msg--warning mb-3" in shown
    assert ticket.events.count() == 2
    assert client.post(address(ticket), {"text": "Did so.", "version": 2}).status_code == 302


def test_the_history_says_which_event_a_reply_would_start_from(client, ticket, admin):
    ticket.reply("Please restart it.", by=admin)
    ticket.note("They never do.", by=admin)

    page = client.get(ticket.get_absolute_url()).content.decode()

    assert 'data-version="2"' in page
    assert 'name="version" value="2"' in page


def test_a_preview_sends_nothing(client, ticket):
    answer = client.post(address(ticket), {"text": "**Bold**", "version": 1, "preview": "1"})

    assert b"<strong>Bold</strong>" in answer.content
    assert ticket.events.count() == 1


@pytest.mark.parametrize("text", ["", " ", "x" * 20_001])
def test_a_reply_that_cannot_be_is_shown_again(client, ticket, text):
    answer = client.post(address(ticket), {"text": text, "version": 1})

    assert answer.status_code in (200, 409)
    assert ticket.events.count() == 1


@pytest.mark.parametrize("version", ["nonsense", "-1", "99999999999"])
def test_a_nonsense_version_is_refused_and_the_text_kept(client, ticket, version):
    answer = client.post(address(ticket), {"text": "Kept words.", "version": version})

    assert answer.status_code == 200
    assert b"Kept words." in answer.content


def test_what_was_typed_survives_the_end_of_the_session(client, ticket, requester):
    page = client.get(ticket.get_absolute_url()).content.decode()
    author = re.search(r'name="author" value="([^"]+)"', page)[1]
    client.logout()
    sent = {"text": "Typed before.", "version": 1, "author": author}
    assert client.post(address(ticket), sent).url.startswith("/auth/login/")

    client.force_login(requester)
    shown = client.get(address(ticket)).content

    assert b"Typed before.</textarea>" in shown
    assert b"It is not saved yet." in shown
    assert ticket.events.count() == 1


def test_what_was_typed_is_given_back_to_its_author_only(client, client_of, ticket, requester, admin):
    page = client.get(ticket.get_absolute_url()).content.decode()
    author = re.search(r'name="author" value="([^"]+)"', page)[1]
    client.logout()
    client.post(address(ticket), {"text": "Typed before.", "version": 1, "author": author})

    client.force_login(admin)

    assert b"Typed before." not in client.get(address(ticket)).content
