"""One click in a mail about a watched ticket ends the watching (RFC 8058)."""

import pytest
from django.test import Client

from accounts.tests.mailbox import mails_to
from tickets.mail.outbound.unsubscribe import token_of
from tickets.models import Watch


@pytest.fixture
def watched(db, clock, ticket, other_admin, post):
    Watch.objects.watch(other_admin, ticket)
    post()
    return ticket


@pytest.fixture
def address(watched, other_admin):
    return f"/tickets/unwatch/{token_of(other_admin, watched)}/"


def is_watching(person, ticket):
    return Watch.objects.filter(person=person, ticket=ticket, muted=False).exists()


def test_a_mail_about_a_watched_ticket_says_how_to_end_it(
    watched, requester, admin, other_admin, post, address
):
    watched.take(by=admin)
    watched.reply("Still dark.", by=requester)

    post()

    message = mails_to(other_admin.email)[-1]
    assert message.extra_headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{address}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    assert address in message.alternatives[0][0]
    assert "You watch it; that is why" in message.body
    assert "List-Unsubscribe" not in mails_to(admin.email)[-1].extra_headers


def test_a_mail_programs_post_without_sign_in_or_token_ends_it(watched, other_admin, address):
    stranger = Client(enforce_csrf_checks=True)

    answers = [stranger.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not is_watching(other_admin, watched)


def test_looking_changes_nothing_and_offers_a_button(watched, other_admin, client, address):
    page = client.get(address)

    assert page.status_code == 200
    assert is_watching(other_admin, watched)
    assert "Stop watching" in page.content.decode()
    assert watched.title not in page.content.decode()


def test_the_link_is_good_for_its_person_and_ticket_alone(watched, admin, other_admin, requester, client):
    Watch.objects.watch(admin, watched)

    client.post(f"/tickets/unwatch/{token_of(other_admin, watched)}/")

    assert is_watching(admin, watched)


@pytest.mark.parametrize("change", ["nonsense", "W", ":x", "%00"])
def test_a_link_that_was_not_made_here_is_missing(watched, other_admin, client, address, change):
    for method in (client.get, client.post):
        assert method(f"{address[:-1]}{change}/").status_code == 404
    assert is_watching(other_admin, watched)
