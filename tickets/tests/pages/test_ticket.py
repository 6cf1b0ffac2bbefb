"""One ticket's page."""

import re

import pytest

from tickets.models import HoldReason


def test_the_page_tells_who_did_what_in_words(requester, admin, other_admin, ticket, client_of):
    ticket.take(by=admin)
    ticket.hold(HoldReason.REQUESTER, by=admin, text="Which screen is it?")
    ticket.edit(by=requester, title="Left screen stays dark", description="The left one.")
    ticket.start(by=admin)
    ticket.assign(other_admin, by=admin)
    ticket.resolve(by=other_admin, text="New screen.")
    ticket.rate(5, by=requester, comment="Fast.")

    page = " ".join(client_of(requester).get(f"/tickets/{ticket.pk}/").content.decode().split())

    for words in (
        "<b>Ada Admin</b> took this ticket",
        "is waiting for you",
        "Which screen is it?",
        '<b><span data-you="Rita Requester">You</span></b> updated this ticket',
        "Title: “<bdi>Left screen stays dark</bdi>”, before: “<bdi>Screen stays dark</bdi>”",
        "<b>Ada Admin</b> started work",
        "assigned this ticket to <b>Oskar Otheradmin</b>",
        "New screen.",
        "rated the result",
        "Fast.",
    ):
        assert words in page


def test_words_changed_by_somebody_else_are_not_put_in_the_requester_s_mouth(
    requester, admin, ticket, client_of
):
    ticket.edit(by=admin, description="Rewritten by Ada.")

    page = " ".join(client_of(requester).get(f"/tickets/{ticket.pk}/").content.decode().split())

    assert "as changed by Ada Admin" in page
    assert "<summary>Original description</summary>" in page
    assert "It was fine yesterday." in page


def test_the_requester_reads_waiting_for_you_and_the_admin_on_hold(requester, admin, ticket, client_of):
    ticket.take(by=admin)
    ticket.hold(HoldReason.REQUESTER, by=admin)

    assert "Waiting for you" in client_of(requester).get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Waiting for you" not in client_of(admin).get(f"/tickets/{ticket.pk}/").content.decode()


def test_the_requester_does_not_see_the_trash_in_the_timeline(requester, admin, ticket, client_of):
    ticket.trash(by=admin)
    assert client_of(requester).get(f"/tickets/{ticket.pk}/").status_code == 404

    ticket.restore(by=admin)
    assert "trash" not in client_of(requester).get(f"/tickets/{ticket.pk}/").content.decode()


def test_another_s_ticket_is_as_missing_as_none(other_requester, ticket, client_of):
    client = client_of(other_requester)

    theirs, none = client.get(f"/tickets/{ticket.pk}/"), client.get("/tickets/987654/")

    assert theirs.status_code == none.status_code == 404
    without_token = re.compile(rb'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"')
    assert without_token.sub(b"", theirs.content) == without_token.sub(b"", none.content)


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "1" + "0" * 30,
        "letters",
        "1.5",
        "٣",
        "01",
        "%00",
    ],
)
@pytest.mark.parametrize("page", ["", "edit/", "feedback/", "withdraw/", "reopen/"])
def test_a_number_that_is_no_ticket_is_not_found(requester, ticket, client_of, number, page):
    client = client_of(requester)

    assert client.get(f"/tickets/{number}/{page}").status_code == 404
    assert client.post(f"/tickets/{number}/{page}").status_code == (404 if page or number else 405)


@pytest.mark.parametrize("steps", [0, 60])
def test_the_page_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    requester, admin, ticket, client_of, django_assert_max_num_queries, steps
):
    ticket.take(by=admin)
    for number in range(steps):
        ticket.hold(HoldReason.REQUESTER, by=admin, text=f"Question {number}")
        ticket.start(by=admin)
    client = client_of(requester)

    with django_assert_max_num_queries(14):
        client.get(f"/tickets/{ticket.pk}/")
