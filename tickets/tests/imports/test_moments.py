"""Local times, where clocks are changed twice a year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tickets.imports.local_time import from_local, read_moment

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


def test_a_moment_that_is_too_early_in_any_case_stays_itself():
    assert from_local(clocks(2016, 2, 29, 9, 52), BERLIN, not_before=utc(2016, 2, 29, 11, 10)) == utc(
        2016, 2, 29, 8, 52
    )
    assert from_local(clocks(2016, 10, 30, 2, 30), BERLIN, not_before=utc(2016, 10, 30, 2, 0)) == utc(
        2016, 10, 30, 0, 30
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T09:30:00Z", utc(2026, 3, 2, 9, 30)),
        ("2026-03-02T09:30:00+05:30", utc(2026, 3, 2, 4, 0)),
        ("2026-03-02 09:30", utc(2026, 3, 2, 8, 30)),
        ("2026-03-02", utc(2026, 3, 1, 23, 0)),
        ("20260302T093000Z", utc(2026, 3, 2, 9, 30)),
        ("2026-03-02 9:30", utc(2026, 3, 2, 8, 30)),
        ("2026-3-2 9:30:15", utc(2026, 3, 2, 8, 30, 15)),
        ("2026/03/02  9:30", utc(2026, 3, 2, 8, 30)),
        ("2026.3.2", utc(2026, 3, 1, 23, 0)),
        ("2026-03-02 9:30 +05:30", utc(2026, 3, 2, 4, 0)),
        ("2026-03-02 9:30:00.000 UTC", utc(2026, 3, 2, 9, 30)),
        ("2026-03-02T9:30Z", utc(2026, 3, 2, 9, 30)),
    ],
)
def test_iso_8601_and_what_spreadsheets_make_of_it(text, moment):
    assert from_local(read_moment(text), BERLIN) == moment


@pytest.mark.parametrize(
    "text",
    [
        "02/03/2026 09:30",
        "yesterday",
        "2026-13-01",
        "2026-3/1",
        "2026-03-01 9",
        "2026-03-01 25:00",
        "2026-03-01 9:30 tomorrow",
        "٢٠٢٦-٠٣-٠١",
        "",
    ],
)
def test_other_notations_are_refused(text):
    with pytest.raises(ValueError):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("01/Mar/24 9:30 AM", (2024, 3, 1, 9, 30)),
        ("1-Mar-2024 12:05 am", (2024, 3, 1, 0, 5)),
        ("29 February 2024 12:30 PM", (2024, 2, 29, 12, 30)),
        ("2024-03-01 9:30 PM", (2024, 3, 1, 21, 30)),
        ("2024-03-01\u00a009:30", (2024, 3, 1, 9, 30)),
    ],
)
def test_a_moment_is_read_as_other_help_desks_write_it(text, shown):
    assert read_moment(text) == clocks(*shown)


@pytest.mark.parametrize(
    "text",
    [
        "29 February 2023",
        "2024-03-01 13:30 PM",
        "2024-03-01 0:30 AM",
        "01/03/2024",
        "Mar 1, 2024",
        "0001-01-01T00:00:00Z",
        "1899-12-30",
        "9999-12-31",
        "45352.4",
    ],
)
def test_what_may_be_another_moment_is_none(text):
    with pytest.raises(ValueError):
        read_moment(text)
