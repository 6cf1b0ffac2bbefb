"""What a parameter says is read within bounds, and nonsense is none."""

from datetime import UTC, date, datetime

import pytest

from helpdesk.web.query_params import bounded_day, moment, search_words, stored_text, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("41", 41), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "4.5", " 4", "4\n", "٤", "²", "9" * 19, "\0"])
def test_nonsense_is_none(text):
    assert whole_number(text) is None


def test_fewer_digits_can_be_asked_for():
    assert whole_number("999", digits=3) == 999
    assert whole_number("1000", digits=3) is None


def test_a_moment_is_read_into_utc():
    assert moment("2026-03-02T09:00:00+01:00") == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert moment("2026-03-02T08:00:00Z").tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2026-03-02",
        "2026-03-02T09:00:00",
        "2026-13-02T09:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-02T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T00:00:00Z",
    ],
)
def test_a_moment_without_a_zone_or_at_the_end_of_the_calendar_is_none(text):
    assert moment(text) is None


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_at_the_end_of_the_calendar_leaves_room_for_a_zone(day):
    assert abs(bounded_day(day) - day).days == 3


def test_a_day_between_is_itself():
    assert bounded_day(date(2026, 3, 2)) == date(2026, 3, 2)


def test_what_no_database_takes_is_none():
    assert stored_text("Jürgen") == "Jürgen"
    assert stored_text("a\0b") is stored_text("\ud800") is None


def test_words_to_look_for_are_short_and_hold_no_nul():
    assert search_words("a\0bcd", length=4) == "abc"
