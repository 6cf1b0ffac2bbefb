"""The hub by itself: what it tells whom while the database is watched, and while it is not."""

import asyncio

import pytest

from accounts.sessions import Standing, Visit
from tickets.live import hub as module
from tickets.live.hub import MOST_AT_ONCE, Hub
from tickets.live.message import Listener, of_bell, of_presence, of_ticket_event, reader_of
from tickets.live.stream import MOST_WAITING, Stream


class NoWatch:
    """Stands where the thread would be: here the tests say when the database is watched."""

    def __init__(self, *args):
        pass

    start = stop = look_at_visits_soon = lambda self: None


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setattr(module, "Watch", NoWatch)
    return Hub()


def stream_of(person, *, works=False, last_id="", since=""):
    listener = Listener(
        Visit(f"session-{person}", person, Standing(1, works, False, frozenset())), works, works
    )
    return Stream(listener, last_id, None, since)


def mark_of(hub, person, *, works=False):
    """What a page names that this person asks for now."""
    return hub.mark().written(hub.mark().number, reader_of(person, works, works))


def heard(stream):
    """The names of what waits for the reader, taken away."""
    waiting, stream._waiting = b"".join(stream._waiting).decode(), []
    return [line.removeprefix("event: ") for line in waiting.splitlines() if line.startswith("event: ")]


def in_a_loop(act):
    async def run():
        act()

    asyncio.run(run())


def test_nobody_is_greeted_before_the_database_is_watched(hub):
    def act():
        early = stream_of(1)
        hub.add(early)
        assert heard(early) == []
        hub.watching()
        assert heard(early) == ["hello"]

    in_a_loop(act)


def test_when_watching_was_interrupted_everybody_fetches_again(hub):
    def act():
        hub.watching()
        there = stream_of(1)
        hub.add(there)
        hub.not_watching()
        came = stream_of(2)
        hub.add(came)
        assert heard(there) == ["hello"]
        assert heard(came) == []
        hub.watching()
        assert heard(there) == ["refresh"]
        assert heard(came) == ["hello"]

    in_a_loop(act)


def test_each_hears_what_concerns_them(hub):
    def act():
        hub.watching()
        requester, other, admin = stream_of(1), stream_of(2), stream_of(3, works=True)
        for stream in (requester, other, admin):
            hub.add(stream)
            assert heard(stream) == ["hello"]

        hub.publish([*of_ticket_event(41, 9, "replied", 1), of_presence(41), of_bell(2)])

        assert (heard(requester), heard(other), heard(admin)) == (
            ["ticket"],
            ["bell"],
            ["ticket", "presence"],
        )

    in_a_loop(act)


def test_an_admin_who_asked_for_a_ticket_hears_of_it_once(hub):
    def act():
        hub.watching()
        admin = stream_of(1, works=True)
        hub.add(admin)
        heard(admin)
        hub.publish(of_ticket_event(41, 9, "trashed", 1))
        assert b'"kind":"trashed"' in b"".join(admin._waiting)
        assert heard(admin) == ["ticket"]

    in_a_loop(act)


def test_a_flood_is_told_as_one(hub):
    def act():
        hub.watching()
        reader = stream_of(1)
        hub.add(reader)
        heard(reader)
        hub.publish([of_bell(1)] * (MOST_AT_ONCE + 1))
        assert heard(reader) == ["refresh"]

    in_a_loop(act)


def test_what_waits_for_one_reader_is_bounded():
    def act():
        reader = stream_of(1)
        for _ in range(MOST_WAITING + 1):
            reader.tell(b"x")
        assert reader.is_over
        assert heard(reader) == []

    in_a_loop(act)


def test_a_stream_that_is_gone_leaves_nothing_behind(hub):
    def act():
        hub.watching()
        reader = stream_of(1)
        hub.add(reader)
        hub.remove(reader)
        hub.remove(reader)
        assert (hub._streams, hub._of_person) == ({}, {})

    in_a_loop(act)


def positions(stream):
    waiting, stream._waiting = b"".join(stream._waiting).decode(), []
    return [line.removeprefix("id: ") for line in waiting.splitlines() if line.startswith("id: ")]


def test_a_position_does_not_say_how_much_has_happened(hub):
    def act():
        hub.watching()
        first, second = stream_of(1), stream_of(1)
        hub.add(first)
        (before,) = positions(first)
        hub.add(second)
        (again,) = positions(second)
        hub.publish([of_ticket_event(1, 1, "noted", 2)[0]])
        third = stream_of(1)
        hub.add(third)
        (after,) = positions(third)

        # Each is another, whether anything has happened between or not.
        assert len({before, again, after}) == 3
        assert not set(before[:8]) - set("0123456789abcdef")
        # And each is good for coming back.
        for position in (before, again, after):
            back = stream_of(1, last_id=position)
            hub.add(back)
            assert "refresh" not in heard(back)

    in_a_loop(act)


def test_a_page_is_told_all_that_happened_since_it_was_asked_for_and_nothing_else(hub):
    def act():
        hub.watching()
        hub.publish([of_bell(1), *of_ticket_event(40, 2, "replied", 1)])
        mark = mark_of(hub, 1)
        hub.publish(
            [*of_ticket_event(41, 9, "replied", 1), *of_ticket_event(42, 3, "replied", 2), of_bell(1)]
        )
        late, now = stream_of(1, since=mark), stream_of(1, since=mark_of(hub, 1))
        hub.add(late)
        hub.add(now)
        told = b"".join(late._waiting).decode()
        assert '"ticket":41' in told
        assert heard(late) == ["hello", "ticket", "bell"]
        assert heard(now) == ["hello"]

    in_a_loop(act)


def test_where_the_browser_says_what_it_heard_the_mark_of_its_page_counts_no_more(hub):
    def act():
        hub.watching()
        mark = mark_of(hub, 1)
        hub.publish([of_bell(1)])
        first = stream_of(1, since=mark)
        hub.add(first)
        last_id = positions(first)[-1]
        back = stream_of(1, since=mark, last_id=last_id)
        hub.add(back)
        assert heard(back) == ["hello"]

    in_a_loop(act)


def test_a_page_drawn_for_somebody_else_or_with_other_rights_is_fetched_again(hub):
    def act():
        hub.watching()
        mark = mark_of(hub, 1)
        for stream in (stream_of(2, since=mark), stream_of(1, works=True, since=mark)):
            hub.add(stream)
            assert heard(stream) == ["hello", "refresh"]
        for nonsense in ("x", "0" * 28, "\0" * 28, "x" * 4000, mark.upper() + "0"):
            stream = stream_of(1, since=nonsense)
            hub.add(stream)
            assert heard(stream) == ["hello", "refresh"]

    in_a_loop(act)


def test_a_page_names_nothing_while_something_could_be_missed(hub):
    def act():
        assert hub.mark() is None
        hub.watching()
        mark = mark_of(hub, 1)
        hub.not_watching()
        assert hub.mark() is None
        hub.watching()
        stream = stream_of(1, since=mark)
        hub.add(stream)
        assert "refresh" in heard(stream)

    in_a_loop(act)
