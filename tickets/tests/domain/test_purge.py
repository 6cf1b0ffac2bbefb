"""Removing a ticket in the trash for good."""

import pytest

from tickets.errors import InTrash, NotAllowed, WrongStatus
from tickets.events import Kind
from tickets.models import Feedback, Message, Ticket
from tickets.search.query import search
from tickets.tests.history import assert_history_tells_every_row


@pytest.fixture
def trashed(ticket, requester, admin):
    ticket.reply("My password is hunter2.", by=requester)
    ticket.reply("Done.", by=admin, then="resolved")
    ticket.rate(1, by=requester, comment="Careless.")
    ticket.trash(by=admin)
    return ticket


def test_purging_removes_every_word_and_keeps_the_log(trashed, admin):
    trashed.purge(by=admin)

    words = Message.objects.filter(event__ticket=trashed).exclude(body="").values_list("body", flat=True)
    assert list(words) == ["Purged ticket"]
    assert Feedback.objects.get().comment == ""
    assert [event.kind for event in trashed.events.all()][-2:] == [Kind.TRASHED, Kind.PURGED]
    assert_history_tells_every_row()


def test_a_purged_ticket_is_seen_by_nobody_and_found_no_more(trashed, admin):
    title = trashed.title

    trashed.purge(by=None)

    assert not Ticket.objects.visible_to(admin).exists()
    assert not search(Ticket.objects.all(), title).exists()


def test_only_a_ticket_in_the_trash_is_purged_and_only_once(ticket, admin):
    with pytest.raises(WrongStatus):
        ticket.purge(by=admin)
    ticket.trash(by=admin)
    ticket.purge(by=admin)

    with pytest.raises(InTrash):
        ticket.purge(by=admin)
    with pytest.raises(InTrash):
        ticket.restore(by=admin)


def test_requesters_do_not_purge(trashed, requester):
    with pytest.raises(NotAllowed):
        trashed.purge(by=requester)


def test_a_purge_that_is_rolled_back_leaves_the_words(trashed, admin):
    from django.db import transaction

    with transaction.atomic():
        trashed.purge(by=admin)
        transaction.set_rollback(True)

    assert Message.objects.filter(body="My password is hunter2.").exists()
