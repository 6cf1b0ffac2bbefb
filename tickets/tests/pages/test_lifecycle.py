"""Withdraw and reopen."""

import pytest

from tickets.models import Status


def test_withdrawing_asks_first_and_then_closes_with_the_reason(requester, ticket, client_of):
    client = client_of(requester)

    asked = client.get(f"/tickets/{ticket.pk}/withdraw/")
    ticket.refresh_from_db()
    assert asked.status_code == 200
    assert ticket.status == Status.OPEN

    answer = client.post(f"/tickets/{ticket.pk}/withdraw/", {"text": "It was the cable."}, follow=True)
    ticket.refresh_from_db()
    assert ticket.is_withdrawn
    assert "Withdrawn" in answer.content.decode()
    assert "It was the cable." in answer.content.decode()


def test_reopening_a_resolved_ticket_gives_it_back_with_the_reason(requester, admin, ticket, client_of):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    answer = client_of(requester).post(f"/tickets/{ticket.pk}/reopen/", {"text": "Dark again."}, follow=True)

    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS
    assert "Dark again." in answer.content.decode()


def test_a_requester_cannot_reopen_a_closed_ticket_and_keeps_what_was_typed(
    requester, admin, ticket, client_of
):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.close(by=admin)

    answer = client_of(requester).post(f"/tickets/{ticket.pk}/reopen/", {"text": "Please look again"})

    ticket.refresh_from_db()
    assert answer.status_code == 409
    assert "Please look again" in answer.content.decode()
    assert ticket.status == Status.CLOSED


def test_a_text_that_is_too_long_or_holds_nul_is_shown_beside_the_field(requester, ticket, client_of):
    for text in ("a" * 20_001, "a\x00b"):
        answer = client_of(requester).post(f"/tickets/{ticket.pk}/withdraw/", {"text": text})

        assert answer.status_code == 200
        assert "id_text_error" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


@pytest.mark.parametrize("verb", ["withdraw", "reopen"])
def test_another_s_ticket_is_not_found(other_requester, ticket, client_of, verb):
    client = client_of(other_requester)

    assert client.get(f"/tickets/{ticket.pk}/{verb}/").status_code == 404
    assert client.post(f"/tickets/{ticket.pk}/{verb}/").status_code == 404
    assert ticket.events.count() == 1
