"""Local times, where clocks are changed twice a year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tickets.imports.local_time import from_local, parse_iso

BERLIN = ZoneInfo("Europe/Berlin")


def clocks(*parts):
    """What clocks show, wherever they hang."""
    return datetime(*parts)  # noqa: DTZ001


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_winter_and_summer_time():
    assert from_local(clocks(2016, 2, 29, 9, 0), BERLIN) == utc(2016, 2, 29, 8, 0)
    assert from_local(clocks(2016, 4, 1, 9, 0), BERLIN) == utc(2016, 4, 1, 7, 0)


def test_an_hour_that_clocks_skip_counts_as_the_one_after_it():
    assert from_local(clocks(2016, 3, 27, 2, 30), BERLIN) == utc(2016, 3, 27, 1, 30)


def test_an_hour_shown_twice_is_the_second_where_the_first_would_be_too_early():
    shown = clocks(2016, 10, 30, 2, 30)

    assert from_local(shown, BERLIN) == utc(2016, 10, 30, 0, 30)
    assert from_local(shown, BERLIN, not_before=utc(2016, 10, 30, 0, 45)) == utc(2016, 10, 30, 1, 30)


def test_a_moment_before_the_one_before_it_becomes_that_one():
    before = utc(2016, 2, 29, 11, 10)

    assert from_local(clocks(2016, 2, 29, 9, 52), BERLIN, not_before=before) == before


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T09:30:00Z", utc(2026, 3, 2, 9, 30)),
        ("2026-03-02T09:30:00+05:30", utc(2026, 3, 2, 4, 0)),
        ("2026-03-02 09:30", utc(2026, 3, 2, 8, 30)),
        ("2026-03-02", utc(2026, 3, 1, 23, 0)),
    ],
)
def test_iso_8601_with_a_zone_or_in_local_time(text, moment):
    assert parse_iso(text, BERLIN) == moment


@pytest.mark.parametrize("text", ["02/03/2026 09:30", "yesterday", "2026-13-01", ""])
def test_other_notations_are_refused(text):
    with pytest.raises(ValueError):
        parse_iso(text, BERLIN)
