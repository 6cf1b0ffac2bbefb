"""Drafts: one for each visibility, forgotten when sent, when emptied, and after a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.errors import NotAllowed
from tickets.models import Draft


def test_a_draft_takes_the_place_of_the_one_before(ticket, admin):
    Draft.objects.keep("Have you", ticket=ticket, visibility="reply", by=admin)
    Draft.objects.keep("Have you restarted?", ticket=ticket, visibility="reply", by=admin)
    Draft.objects.keep("He has not.", ticket=ticket, visibility="note", by=admin)

    assert Draft.objects.texts(admin, ticket) == {"reply": "Have you restarted?", "note": "He has not."}


def test_each_has_their_own(ticket, admin, other_admin, requester):
    Draft.objects.keep("Mine", ticket=ticket, visibility="reply", by=admin)

    assert Draft.objects.texts(other_admin, ticket) == {}
    assert Draft.objects.texts(requester, ticket) == {}


def test_emptying_forgets_it(ticket, admin):
    Draft.objects.keep("Mine", ticket=ticket, visibility="reply", by=admin)

    assert Draft.objects.keep(" \n", ticket=ticket, visibility="reply", by=admin) is None

    assert not Draft.objects.exists()


def test_sending_forgets_the_sender_s_draft_of_that_voice(ticket, admin, other_admin):
    for person in (admin, other_admin):
        for visibility in ("reply", "note"):
            Draft.objects.keep("Hello", ticket=ticket, visibility=visibility, by=person)

    ticket.reply("Hello", by=admin)

    assert Draft.objects.texts(admin, ticket) == {"note": "Hello"}
    ticket.note("Hello", by=admin)
    assert Draft.objects.texts(admin, ticket) == {}
    assert len(Draft.objects.texts(other_admin, ticket)) == 2


def test_what_is_typed_in_another_window_stays(ticket, admin):
    Draft.objects.keep("And one more thing.", ticket=ticket, visibility="reply", by=admin)
    ticket.reply("Have you restarted?", by=admin)
    assert Draft.objects.texts(admin, ticket) == {"reply": "And one more thing."}

    # How the text begins that is sent, or what its page says it has kept of it.
    ticket.reply("And one more thing. Bye.", by=admin)
    assert Draft.objects.texts(admin, ticket) == {}
    Draft.objects.keep("Hav you", ticket=ticket, visibility="note", by=admin)
    ticket.note("Have you restarted?", by=admin, draft="Hav you")
    assert Draft.objects.texts(admin, ticket) == {}


def test_a_refused_message_leaves_the_draft(ticket, other_requester):
    Draft.objects.keep("Hello", ticket=ticket, visibility="reply", by=other_requester)

    with pytest.raises(NotAllowed):
        ticket.reply("Hello", by=other_requester)

    assert Draft.objects.count() == 1


def test_after_a_week_it_is_stale(ticket, admin):
    Draft.objects.keep("Hello", ticket=ticket, visibility="reply", by=admin)

    assert not Draft.objects.stale(timezone.now() + timedelta(days=6)).exists()
    assert Draft.objects.stale(timezone.now() + timedelta(days=8)).exists()


def test_purging_takes_drafts_along(ticket, admin):
    Draft.objects.keep("Hello", ticket=ticket, visibility="reply", by=admin)
    ticket.trash(by=admin)

    ticket.purge(by=admin)

    assert not Draft.objects.exists()
