"""What an open page hears, and who hears it: a real server on this run's database."""

import pytest

from helpdesk.tests.answers import check_headers

from .reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def told(ticket, kind):
    return ("ticket", {"ticket": ticket.pk, "version": ticket.version, "kind": kind})


def test_a_stream_opens_with_the_headers_of_a_page_and_says_hello(real_server, requester):
    reader = Reader(real_server, requester)

    assert reader.status == 200
    assert reader.headers["content-type"] == "text/event-stream"
    assert reader.headers["x-accel-buffering"] == "no"
    check_headers(reader.headers)
    assert reader.response.readline() == b"retry: 2000\n"
    assert reader.next()[:2] == ("hello", {})
    reader.close()


def test_a_guest_is_refused_and_not_sent_elsewhere(real_server):
    reader = Reader(real_server, None)

    assert reader.status == 401
    check_headers(reader.headers)
    reader.close()


def test_an_event_reaches_those_who_may_see_the_ticket(listen, ticket, requester, other_requester, admin):
    own, others, all_of_them = listen(requester), listen(other_requester), listen(admin)

    ticket.take(by=admin)
    theirs = ticket.__class__.objects.get(pk=ticket.pk)
    theirs.reply("We look into it.", by=admin)

    assert [all_of_them.next()[:2] for _ in range(2)] == [
        ("ticket", {"ticket": ticket.pk, "version": 2, "kind": "assigned"}),
        told(theirs, "replied"),
    ]
    # Without the version, which would tell of what is hidden.
    assert [own.next().data for _ in range(2)] == [
        {"ticket": ticket.pk, "kind": "assigned"},
        {"ticket": ticket.pk, "kind": "replied"},
    ]
    assert_heard_nothing_else(others, other_requester)


def test_a_requester_hears_nothing_of_notes_and_sees_a_ticket_go_and_come_back(
    listen, ticket, requester, admin
):
    own, console = listen(requester), listen(admin)

    ticket.note("Seen before.", by=admin)
    ticket.trash(by=admin)
    ticket.restore(by=admin)

    assert [console.next().data["kind"] for _ in range(3)] == ["noted", "trashed", "restored"]
    assert [own.next().data["kind"] for _ in range(2)] == ["gone", "restored"]


def assert_heard_nothing_else(reader, person):
    """The next thing this person hears is a ticket of their own, made now."""
    from tickets.tests.factories import TicketFactory

    made = TicketFactory(requester=person)
    assert reader.next()[:2] == ("ticket", {"ticket": made.pk, "kind": "submitted"})
