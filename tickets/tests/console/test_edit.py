"""Editing what a ticket says: alone, beside others, and with what cannot be kept."""

import re

import pytest

from tickets.models import RequestType

DESCRIPTION = "It was fine yesterday."


def form(ticket, **changed):
    return {
        "version": 1,
        "title": "Screen stays dark",
        "request_type": ticket.request_type_id,
        "description": DESCRIPTION,
        **changed,
    }


def value_of(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_editing_changes_the_words_and_leaves_one_event(console, address, ticket, admin):
    other_type = RequestType.objects.exclude(pk=ticket.request_type_id).first()

    answer = console.post(address("edit"), form(ticket, title="Screen is black", request_type=other_type.pk))

    assert answer.url == address()
    ticket.refresh_from_db()
    assert (ticket.title, ticket.request_type) == ("Screen is black", other_type)
    assert ticket.events.count() == 2
    assert ticket.events.last().actor == admin


def test_saving_without_a_change_leaves_no_event(console, address, ticket):
    console.post(address("edit"), form(ticket))

    assert ticket.events.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " \u200b"},
        {"title": "x" * 201},
        {"title": "a\x00b"},
        {"description": ""},
        {"description": "x" * 20_001},
        {"request_type": 10**30},
        {"request_type": "x"},
        {"version": 0},
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_kept(wrong, console, address, ticket):
    answer = console.post(address("edit"), form(ticket, **{"description": "Typed at length.", **wrong}))

    assert 'role="alert"' in answer.content.decode()
    if "description" not in wrong:
        assert "Typed at length.</textarea>" in answer.content.decode()
    assert ticket.events.count() == 1


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u2067right to left\u2069", "👩‍💻 🖥️", "  spaces"]
)
def test_strange_words_make_an_exact_round_trip(text, console, address, ticket):
    console.post(address("edit"), form(ticket, title=text, description=f"{text}\r\n{text}"))

    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == (text.strip(), f"{text}\n{text}")
    assert "<script>alert(1)" not in console.get(address()).content.decode()


def test_different_fields_merge(console, address, ticket, requester):
    ticket.edit(description="It was fine on Monday.", by=requester)

    console.post(address("edit"), form(ticket, title="Screen is black"))

    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("Screen is black", "It was fine on Monday.")


def test_the_same_field_is_shown_as_theirs_and_mine_is_kept(console, address, ticket, requester):
    ticket.edit(title="Their title", by=requester)

    answer = console.post(address("edit"), form(ticket, title="My title"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This has changed since you opened it" in page
    assert "Their title</p>" in page
    assert value_of(answer, "title") == "My title"
    ticket.refresh_from_db()
    assert ticket.title == "Their title"


def test_saving_again_keeps_mine_and_does_not_undo_what_i_never_touched(console, address, ticket, requester):
    ticket.edit(title="Their title", description="Their description.", by=requester)

    refused = console.post(address("edit"), form(ticket, title="My title"))
    assert "Their description.</textarea>" in refused.content.decode()

    again = form(
        ticket,
        version=value_of(refused, "version"),
        title=value_of(refused, "title"),
        description="Their description.",
    )
    console.post(address("edit"), again)

    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("My title", "Their description.")


def test_a_resolved_ticket_is_not_edited(console, address, resolved):
    assert console.get(address("edit")).url == address()

    answer = console.post(address("edit"), form(resolved, version=3, title="Too late"))

    assert answer.status_code == 409
    resolved.refresh_from_db()
    assert resolved.title == "Screen stays dark"


def test_a_type_not_offered_any_more_may_stay(console, address, ticket):
    RequestType.objects.filter(pk=ticket.request_type_id).update(is_active=False)

    console.post(address("edit"), form(ticket, title="Screen is black"))

    ticket.refresh_from_db()
    assert ticket.title == "Screen is black"
