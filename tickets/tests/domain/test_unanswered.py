"""Since when a requester waits for an answer: who begins it, and what ends it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import QuerySet

from helpdesk.db.triggers import remove_triggers
from helpdesk.models import ChainHead
from tickets.integrity.verify import LogVerifier, Tampered
from tickets.models import HoldReason, Ticket, TicketEvent, Upload
from tickets.models.event import OPENINGS
from tickets.tests.factories import TicketFactory


@pytest.fixture
def answered(ticket, admin):
    """A ticket In Progress whose requester has an answer."""
    ticket.take(by=admin)
    ticket.reply("Is the cable in?", by=admin)
    ticket.start(by=admin)
    return ticket


def written_at(ticket, version):
    return ticket.events.get(version=version).at


def fill():
    import_module("tickets.migrations.0012_fill_unanswered_since").fill(apps, None)


def test_a_new_ticket_waits_for_its_first_answer(ticket, admin):
    assert ticket.unanswered_since == ticket.created_at

    ticket.take(by=admin)
    ticket.note("The cable, I guess.", by=admin)
    assert ticket.unanswered_since == ticket.created_at

    ticket.reply("Is the cable in?", by=admin)
    assert ticket.unanswered_since is None


def test_the_oldest_message_nobody_answered_counts(answered, requester, time_machine):
    answered.reply("It is.", by=requester)
    answered.reply("And it is a new one.", by=requester)

    assert answered.unanswered_since == written_at(answered, answered.version - 1)
    assert answered.unanswered_since < answered.updated_at


@pytest.mark.parametrize(
    "answer",
    [
        lambda ticket, admin: ticket.reply("Then I come over.", by=admin),
        lambda ticket, admin: ticket.reply("", by=admin, files=[a_file(admin)]),
        lambda ticket, admin: ticket.reply("When?", by=admin, then="on_hold", hold_reason="requester"),
        lambda ticket, admin: ticket.hold(HoldReason.REQUESTER, by=admin, text="Which of the two?"),
        lambda ticket, admin: ticket.resolve(by=admin),
    ],
    ids=["reply", "file", "reply and hold", "question", "resolve"],
)
def test_an_answer_ends_it(answered, requester, admin, answer):
    answered.reply("It is.", by=requester)

    answer(answered, admin)

    assert answered.unanswered_since is None


@pytest.mark.parametrize(
    "change",
    [
        lambda ticket, admin, other: ticket.note("New cable?", by=admin),
        lambda ticket, admin, other: ticket.assign(other, by=admin),
        lambda ticket, admin, other: ticket.hold(HoldReason.THIRD_PARTY, by=admin),
        lambda ticket, admin, other: ticket.reply("We had a breakdown.", by=None),
        lambda ticket, admin, other: (ticket.trash(by=admin), ticket.restore(by=admin)),
    ],
    ids=["note", "assign", "hold without words", "system", "trash and back"],
)
def test_what_the_requester_does_not_read_ends_nothing(answered, requester, admin, other_admin, change):
    answered.reply("It is.", by=requester)
    since = answered.unanswered_since

    change(answered, admin, other_admin)

    assert since is not None
    assert answered.unanswered_since == since


def test_what_is_withdrawn_waits_no_more(ticket, requester):
    ticket.withdraw(by=requester)

    assert ticket.unanswered_since is None


@pytest.mark.parametrize("state", ["in progress", "on hold", "resolved"])
def test_thanks_begin_nothing(answered, requester, admin, state):
    if state == "on hold":
        answered.hold(HoldReason.THIRD_PARTY, by=admin, text="The shop sends one.")
    elif state == "resolved":
        answered.resolve(by=admin)

    answered.reply("Thank you!", by=requester)

    assert answered.unanswered_since is None


def test_thanks_with_a_file_say_something(answered, requester):
    answered.reply("Thank you!", by=requester, files=[a_file(requester)])

    assert answered.unanswered_since == answered.updated_at


def test_a_reply_that_reopens_begins_it(answered, requester, admin):
    answered.resolve(by=admin)

    answered.reply("It is dark again.", by=requester)

    assert answered.unanswered_since == answered.updated_at


def test_a_reopening_begins_it_with_the_requester_s_words_alone(answered, requester, admin):
    answered.resolve(by=admin)
    answered.reopen(by=requester)
    assert answered.unanswered_since is None

    answered.resolve(by=admin)
    answered.reopen(by=admin, text="Not yet.")
    assert answered.unanswered_since is None

    answered.resolve(by=admin)
    answered.reopen(by=requester, text="It is dark again.")
    assert answered.unanswered_since == answered.updated_at


def test_an_upgrade_fills_in_what_the_verbs_have_written(requester, admin):
    def answered():
        ticket = TicketFactory(requester=requester)
        ticket.take(by=admin)
        ticket.reply("Is the cable in?", by=admin, then="in_progress")
        return ticket

    TicketFactory(requester=requester)
    TicketFactory(requester=requester).withdraw(by=requester)
    answered()
    answered().reply("It is.", by=requester)
    answered().reply("Thank you, Ada!", by=requester)
    answered().hold(HoldReason.REQUESTER, by=admin)
    (asked := answered()).hold(HoldReason.REQUESTER, by=admin)
    asked.reply("ok", by=requester)
    (again := answered()).resolve(by=admin)
    again.reopen(by=requester, text="It is dark again.")
    before = dict(Ticket.objects.values_list("pk", "unanswered_since"))
    assert {since is None for since in before.values()} == {True, False}
    Ticket._base_manager.update(unanswered_since=None)

    fill()

    assert dict(Ticket.objects.values_list("pk", "unanswered_since")) == before


def test_what_an_upgrade_filled_in_is_no_tampering(ticket):
    forget_the_column(ticket)
    verify()
    fill()
    ticket.refresh_from_db()
    assert ticket.unanswered_since == ticket.created_at

    verify()

    Ticket._base_manager.update(unanswered_since=ticket.created_at.replace(year=2020))
    with pytest.raises(Tampered, match="another unanswered_since"):
        verify()


def forget_the_column(ticket):
    """Leave a new ticket as a version left it that did not know the column."""
    remove_triggers(connection)
    event = ticket.events.get()
    del event.data["unanswered_since"]
    event.hash = event.computed_hash(event.messages.all(), event.attachments.all())
    QuerySet(TicketEvent).filter(pk=event.pk).update(data=event.data, hash=event.hash)
    Ticket._base_manager.update(log_hash=event.hash, unanswered_since=None)
    ChainHead.objects.filter(name=OPENINGS).update(hash=event.hash)


def verify():
    for _ in LogVerifier().run():
        pass


def a_file(person):
    return Upload.objects.receive(SimpleUploadedFile("screen.txt", b"dark"), owner=person, form="reply")
