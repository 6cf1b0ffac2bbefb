"""Each event has its sentence."""

from itertools import combinations

import pytest

from tickets.events import EventFacts, Kind, event_kinds
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


def some_of(names):
    return [some for size in range(len(names) + 1) for some in combinations(names, size)]


@pytest.mark.parametrize("edited", some_of(("title", "description", "request_type")))
def test_each_combination_of_edits_has_a_sentence(edited):
    sentence = Kind.EDITED.sentence_for(EventFacts(actor="Ada", edited=edited))

    for part in ("title", "description", "request_type"):
        assert (f"the {part.replace('_', ' ')}" in sentence) == (part in edited)


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        *((Kind.CHANGED, some) for some in some_of(("status", "assignee", "request_type"))),
        # A reply leaves the request type alone.
        *((Kind.REPLIED, some) for some in some_of(("status", "assignee"))),
    ],
)
def test_each_combination_of_changes_has_a_sentence(kind, changed):
    changes = {name: f"new {name}" for name in changed}
    sentence = kind.sentence_for(EventFacts(actor="Ada", changes=changes))

    assert all(f" to new {name}" in sentence for name in changed)
    assert "%(" not in sentence


def test_several_changes_are_told_in_one_sentence():
    changes = {"status": "Resolved", "assignee": "you", "request_type": "Network Issue"}

    told_in_mail = Kind.CHANGED.sentence_for(EventFacts(actor="100 % Ada", changes=changes))

    assert told_in_mail == (
        "100 % Ada set the status to Resolved, the assignee to you and the request type to Network Issue."
    )


@pytest.mark.parametrize("kind", list(event_kinds))
def test_no_sentence_fails_on_an_event_without_data(ticket, requester, kind):
    event = ticket.events.last()
    event.kind, event.actor, event.data = kind, None, {}

    sentence = EventText(event, ticket, requester, assignee=None, request_type="").sentence

    assert sentence.startswith("The help desk ")
    assert sentence.endswith(".")
