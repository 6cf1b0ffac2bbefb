"""Writing to each other about a ticket."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tickets.errors import EditConflict, InTrash, NotAllowed, NotAssignable, ReplyConflict, WrongStatus
from tickets.events import Kind
from tickets.models import HoldReason, Status, Upload


def test_a_reply_is_one_event_with_its_words(ticket, requester):
    ticket.reply("It still flickers.\r\nSometimes.", by=requester)

    event = ticket.events.get(version=2)
    assert (event.kind, event.actor, event.text) == (
        Kind.REPLIED,
        requester,
        "It still flickers.\nSometimes.",
    )
    assert event.data == {}


def test_the_first_word_of_somebody_else_is_the_first_answer(ticket, requester, admin, time_machine):
    ticket.reply("Anybody there?", by=requester)
    assert ticket.first_answered_at is None

    ticket.reply("Yes.", by=admin)
    first = ticket.first_answered_at
    ticket.reply("And now?", by=admin)

    assert first == ticket.events.get(version=3).at
    assert ticket.first_answered_at == first


def test_a_note_is_no_answer(ticket, admin):
    ticket.note("Known fault.", by=admin)

    assert ticket.first_answered_at is None


@pytest.mark.parametrize("reason", HoldReason.values)
def test_a_requester_s_reply_ends_on_hold(ticket, requester, admin, reason):
    ticket.take(by=admin)
    ticket.hold(reason, by=admin)

    ticket.reply("It is the left one.", by=requester)

    assert (ticket.status, ticket.hold_reason) == (Status.IN_PROGRESS, "")
    assert ticket.events.last().kind == Kind.REPLIED


def test_a_requester_s_reply_reopens_what_was_resolved(ticket, requester, admin):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    ticket.reply("It is dark again.", by=requester)

    assert (ticket.status, ticket.resolved_at, ticket.resolved_by) == (Status.IN_PROGRESS, None, None)


def test_a_requester_cannot_reply_to_a_closed_ticket_but_an_admin_can(ticket, requester, admin):
    ticket.withdraw(by=requester)

    with pytest.raises(NotAllowed):
        ticket.reply("And another thing.", by=requester)
    ticket.reply("Ask for a new monitor with a new ticket.", by=admin)

    assert ticket.is_closed


def test_an_admin_s_reply_leaves_the_status(ticket, admin):
    ticket.take(by=admin)
    ticket.hold(HoldReason.REQUESTER, by=admin)

    ticket.reply("Any news?", by=admin)

    assert ticket.status == Status.ON_HOLD


def test_a_reply_can_set_the_status_in_the_same_event(ticket, admin):
    ticket.reply("New cable.", by=admin, then=Status.RESOLVED)

    event = ticket.events.get(version=2)
    assert event.data["status"] == ["open", "resolved"]
    # Whoever solves what nobody had has it.
    assert event.data["assignee_id"] == [None, admin.pk]
    assert ticket.resolved_by == admin


def test_a_reply_can_put_on_hold_with_a_reason_only(ticket, admin):
    with pytest.raises(WrongStatus):
        ticket.reply("Which one?", by=admin, then=Status.ON_HOLD)
    ticket.refresh_from_db()
    assert ticket.version == 1

    ticket.reply("Which one?", by=admin, then=Status.ON_HOLD, hold_reason=HoldReason.REQUESTER)

    assert ticket.waits_for_requester


def test_a_reply_can_take_up_a_resolved_ticket_again_and_close_it(ticket, admin):
    ticket.reply("Done.", by=admin, then=Status.RESOLVED)

    ticket.reply("I was too quick.", by=admin, then=Status.IN_PROGRESS)
    assert (ticket.status, ticket.resolved_at) == (Status.IN_PROGRESS, None)

    with pytest.raises(WrongStatus):
        ticket.reply("Bye.", by=admin, then=Status.CLOSED)


def test_a_reply_opens_a_closed_ticket_again_with_a_reason_only(resolved, admin):
    resolved.close(by=admin)
    log = Upload.objects.receive(SimpleUploadedFile("log.txt", b"hello"), owner=admin, form="reply")
    before = resolved.version

    with pytest.raises(WrongStatus, match="Say why"):
        resolved.reply("", by=admin, then=Status.IN_PROGRESS, files=[log])
    resolved.refresh_from_db()
    assert (resolved.status, resolved.version) == (Status.CLOSED, before)

    resolved.reply("It is dark again.", by=admin, then=Status.IN_PROGRESS, files=[log])
    assert resolved.status == Status.IN_PROGRESS


def test_the_system_cannot_set_what_needs_an_assignee(ticket):
    with pytest.raises(NotAssignable):
        ticket.reply("Solved itself.", by=None, then=Status.RESOLVED)


def test_a_requester_cannot_set_a_status_with_a_reply(ticket, requester):
    with pytest.raises(NotAllowed):
        ticket.reply("Solved.", by=requester, then=Status.RESOLVED)


def test_others_cannot_reply(ticket, other_requester):
    with pytest.raises(NotAllowed):
        ticket.reply("Me too.", by=other_requester)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "a\0b", "x" * 20_001])
def test_a_reply_nobody_can_read_is_refused(ticket, requester, text):
    with pytest.raises(ValidationError):
        ticket.reply(text, by=requester)

    assert ticket.events.count() == 1


def test_nobody_replies_in_the_trash(ticket, admin):
    ticket.trash(by=admin)

    with pytest.raises(InTrash):
        ticket.reply("Hello?", by=admin)


def test_an_answer_that_came_while_one_typed_is_read_first(ticket, requester, admin):
    seen = ticket.version
    ticket.reply("I found the cable myself.", by=requester)

    with pytest.raises(ReplyConflict) as refusal:
        ticket.reply("Have you tried the cable?", by=admin, version=seen)
    ticket.reply("Good. Then it works?", by=admin, version=refusal.value.version)

    assert [event.kind for event in ticket.events.all()] == [Kind.SUBMITTED, Kind.REPLIED, Kind.REPLIED]


def test_one_s_own_reply_from_another_window_is_no_news(ticket, requester):
    seen = ticket.version
    ticket.reply("First.", by=requester)

    ticket.reply("Second.", by=requester, version=seen)

    assert ticket.version == 3


def test_a_status_set_with_a_reply_does_not_undo_another_s(ticket, admin, other_admin):
    ticket.take(by=admin)
    seen = ticket.version
    ticket.resolve(by=other_admin)

    with pytest.raises(EditConflict):
        ticket.reply(
            "Which one?", by=admin, then=Status.ON_HOLD, hold_reason=HoldReason.REQUESTER, version=seen
        )

    assert ticket.events.last().kind == Kind.RESOLVED


@pytest.mark.parametrize("verb", ["hold", "resolve"])
def test_a_question_or_a_solution_is_an_answer_to_read_first(ticket, requester, admin, verb):
    ticket.take(by=admin)
    seen = ticket.version
    if verb == "hold":
        ticket.hold(HoldReason.REQUESTER, by=admin, text="Which one?")
    else:
        ticket.resolve(by=admin, text="The cable was loose.")

    with pytest.raises(ReplyConflict):
        ticket.reply("Does nobody read this?", by=requester, version=seen)

    assert ticket.events.last().kind != Kind.REPLIED


def test_what_is_done_without_a_word_holds_no_reply_up(ticket, requester, admin, other_admin):
    seen = ticket.version
    ticket.take(by=admin)
    ticket.start(by=admin)
    ticket.note("Looks like the cable.", by=other_admin)

    ticket.reply("It is the left one.", by=requester, version=seen)

    assert ticket.events.last().kind == Kind.REPLIED


def test_a_reply_can_take_the_ticket_from_a_colleague_in_one_event(ticket, admin, other_admin):
    ticket.take(by=other_admin)

    ticket.reply("I go on with this.", by=admin, take=True, version=ticket.version)

    event = ticket.events.last()
    assert (event.kind, event.data["assignee_id"]) == (Kind.REPLIED, [other_admin.pk, admin.pk])
    assert (ticket.assignee, ticket.version) == (admin, 3)


def test_who_would_take_it_is_told_of_somebody_who_was_faster(ticket, admin, other_admin):
    seen = ticket.version
    ticket.take(by=other_admin)

    with pytest.raises(EditConflict):
        ticket.reply("I look after this.", by=admin, take=True, version=seen)

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.version) == (other_admin, 2)


def test_no_requester_takes_a_ticket_and_nobody_a_closed_one(ticket, requester, admin, other_admin):
    with pytest.raises(NotAssignable):
        ticket.reply("Mine.", by=requester, take=True)
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.close(by=admin)

    with pytest.raises(WrongStatus):
        ticket.reply("Mine.", by=other_admin, take=True)
