"""Who else has the ticket open, and who is writing: said at the head of the page, forgotten soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.models import Presence


def test_others_read_who_is_looking_and_who_is_writing(console, client_of, other_admin, address):
    theirs = client_of(other_admin)

    theirs.post(address("presence"))
    assert "Oskar Otheradmin is viewing this ticket" in console.get(address()).content.decode()
    theirs.post(address("presence"), {"writing": "1"})

    said = " ".join(console.post(address("presence")).content.decode().split())
    assert "Oskar Otheradmin is writing a reply" in said
    assert "Ada" not in said
    assert Presence.objects.count() == 2


def test_reading_the_page_alone_leaves_no_trace(console, address):
    console.get(address())

    assert not Presence.objects.exists()


def test_asking_who_is_there_leaves_no_trace(console, client_of, ticket, other_admin, address):
    client_of(other_admin).post(address("presence"))

    said = console.get(address("presence"), {"version": ticket.version + 1}).content.decode()

    assert "Oskar Otheradmin" in said
    assert "has changed" in said
    assert [presence.person for presence in Presence.objects.all()] == [other_admin]


# Before now, and beyond it, by a clock that was ahead.
@pytest.mark.parametrize("seconds", [-31, 86_400])
def test_leaving_and_silence_are_forgotten(console, client_of, other_admin, address, seconds):
    theirs = client_of(other_admin)
    theirs.post(address("presence"))
    theirs.post(address("presence"), {"left": "1"})
    assert not Presence.objects.exists()

    theirs.post(address("presence"))
    Presence.objects.update(seen_at=timezone.now() + timedelta(seconds=seconds))

    assert "Oskar" not in console.post(address("presence")).content.decode()
    assert Presence.objects.count() == 1


def test_a_page_older_than_the_ticket_is_told(console, ticket, address, other_admin):
    shown = ticket.version
    assert "has changed" not in console.post(address("presence"), {"version": shown}).content.decode()

    ticket.take(by=other_admin)

    assert (
        "This ticket has changed." in console.post(address("presence"), {"version": shown}).content.decode()
    )
    for nonsense in ("", "x", "²", "9" * 5000):
        assert console.post(address("presence"), {"version": nonsense}).status_code == 200


def test_a_name_brings_no_markup_in(console, client_of, other_admin, address):
    other_admin.first_name = "<img src=x>"
    other_admin.save()
    client_of(other_admin).post(address("presence"))

    assert "<img" not in console.post(address("presence")).content.decode()
