"""What a ticket's page tells of its history: the latest, and the rest behind a link."""

import pytest

from tickets.events import Kind
from tickets.models import Status
from tickets.timeline import SHOWN, timeline_of


@pytest.fixture
def long(ticket, requester, admin):
    """A ticket somebody took, with SHOWN notes between two replies."""
    ticket.take(by=admin)
    ticket.reply("First.", by=requester)
    for number in range(SHOWN):
        ticket.note(f"Note {number}.", by=admin)
    ticket.reply("Last.", by=admin)
    return ticket


def texts(timeline):
    return [entry.event.text for entry in timeline.entries]


def test_a_short_history_is_shown_as_a_whole(ticket, admin):
    ticket.take(by=admin)

    timeline = timeline_of(ticket, admin)

    assert [entry.event.kind for entry in timeline.entries] == [Kind.ASSIGNED]
    assert timeline.earlier == 0


def test_of_a_long_history_the_latest_is_shown_and_the_rest_counted(long, admin):
    timeline = timeline_of(long, admin)
    whole = timeline_of(long, admin, first=1)

    assert len(timeline.entries) == SHOWN
    assert timeline.entries[-1].event.text == "Last."
    assert timeline.entries[0].event.version == timeline.first
    assert texts(whole)[: timeline.earlier] == ["", "First.", "Note 0."]
    assert texts(whole)[timeline.earlier :] == texts(timeline)
    assert whole.earlier == 0


def test_a_requester_is_shown_and_told_of_nothing_internal(long, requester, admin):
    timeline = timeline_of(long, requester)

    assert texts(timeline) == ["", "First.", "Last."]
    assert timeline.earlier == 0

    for number in range(SHOWN):
        long.reply(f"Reply {number}.", by=admin)
    timeline = timeline_of(long, requester)

    assert len(timeline.entries) == SHOWN
    assert timeline.earlier == 3


def test_what_the_ticket_says_is_told_by_events_that_are_not_shown(ticket, requester, admin):
    ticket.edit(title="Two", description="As it is now.", request_type=ticket.request_type, by=requester)
    for number in range(SHOWN - 1):
        ticket.note(f"Note {number}.", by=admin)
    ticket.edit(title="Three", description=ticket.description, request_type=ticket.request_type, by=requester)

    timeline = timeline_of(ticket, admin)

    assert timeline.wording.version == 2
    assert timeline.entries[-1].old_title == "Two"
    assert timeline.earlier == 2


def test_a_submission_for_somebody_else_counts_among_what_is_not_shown(requester, admin):
    from tickets.tests.factories import TicketFactory

    ticket = TicketFactory(requester=requester, by=admin)
    for number in range(SHOWN):
        ticket.note(f"Note {number}.", by=admin)

    assert timeline_of(ticket, admin).earlier == 1
    assert len(timeline_of(ticket, admin, first=1).entries) == SHOWN + 1


def test_only_notes_have_their_mentions_marked_and_never_of_their_author(ticket, admin, other_admin):
    ticket.note(f"@{other_admin.email} please", by=admin)
    ticket.reply("Hello.", by=admin)
    ticket.note("Done.", by=other_admin)

    entries = timeline_of(ticket, admin).entries

    assert [entry.mentioned for entry in entries] == [[other_admin], [], []]


def test_the_page_leads_to_the_whole_history(client_of, admin, requester, long):
    for reader, address in (
        (admin, f"/admin/tickets/ticket/{long.pk}/change/"),
        (requester, long.get_absolute_url()),
    ):
        for number in range(SHOWN if reader == requester else 0):
            long.reply(f"Reply {number}.", by=admin)
        page = client_of(reader).get(address).content.decode()
        whole = client_of(reader).get(f"{address}?all").content.decode()

        assert f'href="{address}?all#e' in page
        assert "First." not in page
        assert "First." in whole
        assert "?all#e" not in whole
    assert long.status == Status.OPEN
