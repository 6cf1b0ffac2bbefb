"""Each event has its sentence."""

import pytest

from tickets.events import event_kinds
from tickets.mail.outbound.event_text import EventText
from tickets.models import HoldReason, Status


def told(ticket, reader, *, assignee=None):
    event = ticket.events.last()
    return EventText(event, ticket, reader, assignee=assignee, request_type="").sentence


def test_what_was_done_is_told_in_words(ticket, requester, admin, other_admin):
    sentences = [told(ticket, admin)]
    for verb in (
        lambda: ticket.take(by=admin),
        lambda: ticket.start(by=admin),
        lambda: ticket.hold(HoldReason.THIRD_PARTY, by=admin),
        lambda: ticket.reply("x", by=admin, then=Status.RESOLVED),
        lambda: ticket.rate(4, by=requester),
        lambda: ticket.note("x", by=admin),
        lambda: ticket.trash(by=admin),
    ):
        verb()
        sentences.append(told(ticket, requester, assignee=admin))

    assert sentences == [
        "Rita Requester opened this ticket.",
        "Ada Admin took this ticket.",
        "Ada Admin started work on this ticket.",
        "Ada Admin put this ticket on hold (waiting for third party).",
        "Ada Admin replied and set the status to Resolved.",
        "Rita Requester rated the result 4 of 5 (good).",
        "Ada Admin wrote an internal note.",
        "Ada Admin moved this ticket to the trash.",
    ]


def test_the_reader_is_you(ticket, requester, admin, other_admin):
    ticket.assign(other_admin, by=admin)
    assert told(ticket, other_admin, assignee=other_admin) == "Ada Admin assigned this ticket to you."

    ticket.hold(HoldReason.REQUESTER, by=admin, text="Which one?")
    assert told(ticket, requester) == "Ada Admin needs an answer from you."
    assert told(ticket, other_admin) == "Ada Admin put this ticket on hold (waiting for requester)."


def test_an_edit_names_what_it_changed(ticket, requester):
    ticket.edit(by=requester, title="Screen is dark", description="Since lunch.")

    assert told(ticket, requester) == "Rita Requester changed the title and the description."


@pytest.mark.parametrize("kind", list(event_kinds))
def test_no_sentence_fails_on_an_event_without_data(ticket, requester, kind):
    event = ticket.events.last()
    event.kind, event.actor, event.data = kind, None, {}

    sentence = EventText(event, ticket, requester, assignee=None, request_type="").sentence

    assert sentence.startswith("The help desk ")
    assert sentence.endswith(".")
