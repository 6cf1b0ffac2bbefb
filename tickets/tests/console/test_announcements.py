"""Announcements: written in the console, shown in the portal from their beginning to their end."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.models import Announcement
from tickets.models.announcement import MOST_SHOWN

LIST = "/admin/tickets/announcement/"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def portal(client_of, requester):
    return lambda: client_of(requester).get("/tickets/").text


def announce(text="Mail is down.", begins=0, ends=60):
    """begins, ends: minutes from noon."""
    return Announcement.objects.create(
        text=text, starts_at=NOON + timedelta(minutes=begins), ends_at=NOON + timedelta(minutes=ends)
    )


def test_it_is_shown_from_its_beginning_to_its_end(portal, time_machine):
    announce(begins=10, ends=20)

    shown = []
    for minutes in (9, 10, 19, 20):
        time_machine.move_to(NOON + timedelta(minutes=minutes), tick=False)
        shown.append("Mail is down." in portal())

    assert shown == [False, True, True, False]


def test_it_is_written_in_the_writer_s_time(console, admin, portal):
    admin.time_zone = "Europe/Berlin"
    admin.save()

    answer = console.post(
        f"{LIST}add/",
        {
            "text": "Mail <b>is</b> down: https://status.example",
            "starts_at": "2026-11-26T13:00",
            "ends_at": "2026-11-26T14:00",
        },
    )

    assert answer.status_code == 302
    made = Announcement.objects.get()
    assert (made.starts_at, made.ends_at) == (NOON, NOON + timedelta(hours=1))
    page = portal()
    assert "Mail &lt;b&gt;is&lt;/b&gt; down" in page
    assert 'href="https://status.example"' in page


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"ends_at": "2026-11-26T11:59"}, "The end has to be after the beginning."),
        ({"ends_at": "9999-12-31T23:59"}, "Choose a nearer day."),
        ({"starts_at": "0001-01-01T00:00"}, "Choose a nearer day."),
        ({"ends_at": ""}, "This field is required."),
        ({"ends_at": "tomorrow"}, "Enter a valid date/time."),
        ({"text": "\u200b"}, "Write something that can be read"),
    ],
)
def test_what_makes_no_sense_is_refused(console, typed, why):
    given = {"text": "Down.", "starts_at": "2026-11-26T12:00", "ends_at": "2026-11-26T13:00", **typed}

    answer = console.post(f"{LIST}add/", given)

    assert answer.status_code == 200
    assert why in answer.text
    assert not Announcement.objects.exists()


def test_the_newest_come_first_and_of_many_only_some(portal):
    for number in range(MOST_SHOWN + 1):
        announce(f"Number {number}", begins=number - 10)

    page = portal()

    assert "Number 0" not in page
    assert page.index("Number 3") < page.index("Number 2") < page.index("Number 1")


def test_guests_are_told_nothing(client_of, db):
    announce("The server room burns.")

    assert "burns" not in client_of(None).get("/auth/login/").text


def test_the_list_says_what_is_shown_now(console):
    announce("One", ends=1)
    announce("Two", begins=5)
    announce("Three", begins=-9, ends=-5)

    page = console.get(LIST).text

    assert [state in page for state in ("Shown now", "Planned", "Over")] == [True] * 3


def test_one_is_ended_and_deleted(console, portal):
    made = announce()

    console.post(
        f"{LIST}{made.pk}/change/",
        {"text": "Mail is down.", "starts_at": "2026-11-26T11:00", "ends_at": "2026-11-26T12:00"},
    )
    assert "Mail is down." not in portal()

    console.post(f"{LIST}{made.pk}/delete/", {"post": "yes"})
    assert not Announcement.objects.exists()


def test_a_requester_gets_nowhere_near(client_of, requester):
    assert client_of(requester).get(LIST).status_code == 404
    assert client_of(requester).post(f"{LIST}add/", {"text": "x"}).status_code == 404
