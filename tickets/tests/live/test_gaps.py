"""Nobody misses what happened while they were away: coming back, slow readers, servers and databases that go."""

import http.client
import re
import signal
from contextlib import closing

import pytest

from tickets.live.stream import MOST_WAITING
from tickets.models import TicketEvent
from tickets.tests.factories import TicketFactory

from .reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_comes_back_is_told_only_what_was_missed(listen, ticket, admin):
    reader, away = listen(admin), listen(admin)
    ticket.take(by=admin)
    heard = away.next()
    away.close()
    ticket.note("One.", by=admin)
    ticket.note("Two.", by=admin)
    missed = [reader.next() for _ in range(3)][1:]

    back = listen(admin, last_id=heard.id)

    assert [back.next() for _ in range(2)] == missed


def test_who_missed_nothing_is_told_nothing(listen, real_server, ticket, admin):
    # The server has told of the ticket before the next stream opens.
    listen(admin)
    reader = Reader(real_server, admin)
    hello = reader.next()
    reader.close()

    back = listen(admin, last_id=hello.id)
    ticket.take(by=admin)

    assert back.next().data["kind"] == "assigned"


@pytest.fixture
def mark_of(real_server):
    """Draw a page at the server for this person, and answer what it names for its stream."""

    def draw(person, address):
        connection = http.client.HTTPConnection("127.0.0.1", real_server.port, timeout=20)
        cookie = real_server.cookie_of(person)
        with closing(connection):
            connection.request("GET", address, headers={"Cookie": f"{cookie['name']}={cookie['value']}"})
            page = connection.getresponse().read().decode()
        return re.search(r'data-since="([0-9a-f]*)"', page)[1]

    return draw


def test_a_page_misses_nothing_between_drawing_and_listening(
    listen, mark_of, ticket, requester, admin, other_admin
):
    others = listen(other_admin)
    ticket.note("Before.", by=admin)
    assert others.next().data["kind"] == "noted"
    marks = {
        person: mark_of(person, address)
        for person, address in (
            (admin, f"/admin/tickets/ticket/{ticket.pk}/change/"),
            (requester, "/tickets/"),
        )
    }
    ticket.take(by=admin)
    ticket.note("Between.", by=admin)

    told = [listen(admin, since=marks[admin]).next().data["kind"], listen(requester, since=marks[requester])]
    late = listen(admin, since=marks[admin])

    assert told[0] == "assigned"
    assert told[1].next().data == {"ticket": ticket.pk, "kind": "assigned"}
    assert [late.next().data["kind"] for _ in range(2)] == ["assigned", "noted"]


def test_a_page_drawn_with_other_rights_is_fetched_again(listen, mark_of, ticket, admin, other_admin):
    listen(other_admin)
    mark = mark_of(other_admin, "/tickets/")
    other_admin.set_role("User", by=admin)
    other_admin = type(other_admin).objects.get(pk=other_admin.pk)

    assert mark
    assert listen(other_admin, since=mark).next().event == "refresh"


def test_who_comes_back_from_nowhere_is_told_to_fetch_again(listen, ticket, admin):
    reader = listen(admin)
    ticket.take(by=admin)
    epoch = reader.next().id.split("-")[0]

    for last_id in (
        "nonsense",
        "0",
        "-1",
        "0" * 12 + "-1",
        "x" * 4000,
        f"{epoch}-999",
        f"{epoch}-{'9' * 40}",
    ):
        back = listen(admin, last_id=last_id)
        assert back.next()[:2] == ("refresh", {})


def test_who_missed_very_much_is_told_to_fetch_again(listen, ticket, admin):
    reader = listen(admin)
    ticket.take(by=admin)
    first = reader.next()
    for n in range(MOST_WAITING):
        ticket.note(f"{n}", by=admin)
        reader.next()

    back = listen(admin, last_id=first.id)

    assert back.next().event == "refresh"


def test_a_slow_reader_is_cut_off_and_holds_nobody_up(listen, admin, other_admin, requester):
    """The fast one sets the pace: what it has heard was told to the slow one, too."""
    slow, fast = listen(admin, buffer=1024), listen(other_admin)
    TicketFactory(requester=requester)
    fast.next()
    template = TicketEvent.objects.get()

    version = 1
    while version < 2000:
        part = [event_like(template, version + n) for n in range(1, 31)]
        TicketEvent.objects.bulk_create(part)
        version += 30
        while fast.next().data["version"] < version:
            pass

    heard = []
    with pytest.raises((OSError, http.client.IncompleteRead)):
        while True:
            heard.append(slow.next())
    assert None not in heard
    assert len(heard) < version
    back = listen(admin, last_id=heard[-1].id)
    assert back.next().event == "refresh"


def event_like(event, version):
    return TicketEvent(
        ticket_id=event.ticket_id, version=version, kind="replied", at=event.at, data={}, hash=event.hash
    )


# -- servers that go, and more than one ----------------------------------------------------------
def test_a_server_that_stops_says_so_and_does_not_wait_for_its_readers(
    listen, start_server, requester, admin
):
    server = start_server()
    readers = [
        listen(requester, server=server),
        listen(admin, server=server),
        listen(admin, server=server, buffer=1024),
    ]

    server.process.send_signal(signal.SIGTERM)

    for reader in readers:
        assert reader.next()[:2] == ("end", {"reason": "stopping"})
        assert reader.next() is None
    assert server.stop() == 0
    assert "shutdown exceeded" not in server.said
    assert "Traceback" not in server.said


def test_after_a_restart_everybody_fetches_again(listen, start_server, ticket, admin):
    server = start_server()
    reader = listen(admin, server=server)
    ticket.take(by=admin)
    heard = reader.next()
    assert server.stop(signal.SIGKILL) == -signal.SIGKILL
    ticket.note("Meanwhile.", by=admin)

    back = listen(admin, server=start_server(server.port), last_id=heard.id)

    assert back.next().event == "refresh"


def test_what_one_process_commits_is_told_by_both(
    listen, real_server, start_server, ticket, requester, admin
):
    one, other = real_server, start_server()
    readers = [listen(admin, server=one), listen(admin, server=other), listen(requester, server=other)]

    withdraw(ticket, requester, at=one)

    assert [reader.next().data["kind"] for reader in readers] == ["withdrawn"] * 3


def withdraw(ticket, person, *, at):
    cookie, token = at.cookie_of(person), "x" * 32
    headers = {
        "Cookie": f"{cookie['name']}={cookie['value']}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", at.port, timeout=20)) as visitor:
        visitor.request("POST", f"/tickets/{ticket.pk}/withdraw/", body="", headers=headers)
        assert visitor.getresponse().status == 302
