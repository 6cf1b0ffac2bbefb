"""When a mail may go out: after a burst, with the daily one, never in quiet hours, by one's own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from tickets.models import NotificationPreference
from tickets.models.notification_preference import Mail
from tickets.notifications.schedule import BURST, after_quiet_hours, is_quiet, mail_due_at, next_time

BERLIN = "Europe/Berlin"
NIGHT = (time(22), time(6))


def preference(quiet=(None, None), zone="UTC", digest_hour=8):
    return NotificationPreference(
        person=User(time_zone=zone), quiet_from=quiet[0], quiet_until=quiet[1], digest_hour=digest_hour
    )


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_at_once_waits_for_the_rest_of_a_burst():
    now = utc("2026-11-26 12:00")

    assert mail_due_at(Mail.AT_ONCE, preference(), now) == now + BURST == utc("2026-11-26 12:02")


def test_never_is_never():
    assert mail_due_at(Mail.NEVER, preference(), utc("2026-11-26 12:00")) is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-26 07:59", "2026-11-26 08:00"),
        ("2026-11-26 08:00", "2026-11-27 08:00"),
        ("2026-11-26 23:30", "2026-11-27 08:00"),
        ("2026-12-31 12:00", "2027-01-01 08:00"),
    ],
)
def test_the_daily_mail_comes_at_the_next_such_hour(now, due):
    assert mail_due_at(Mail.DAILY, preference(), utc(now)) == utc(due)


def test_the_hour_is_that_of_one_s_own_clock():
    # 08:00 in Auckland (UTC+13 in November) is the evening before in London.
    due = mail_due_at(Mail.DAILY, preference(zone="Pacific/Auckland"), utc("2026-11-26 12:00"))

    assert due == utc("2026-11-26 19:00")


@pytest.mark.parametrize(
    ("quiet", "now", "due"),
    [
        (NIGHT, "2026-11-26 21:57", "2026-11-26 21:59"),
        (NIGHT, "2026-11-26 21:58", "2026-11-27 06:00"),
        (NIGHT, "2026-11-26 23:59", "2026-11-27 06:00"),
        (NIGHT, "2026-11-27 03:00", "2026-11-27 06:00"),
        (NIGHT, "2026-11-27 05:58", "2026-11-27 06:00"),
        (NIGHT, "2026-11-27 06:00", "2026-11-27 06:02"),
        # Within one day, as over lunch
        ((time(12), time(13, 30)), "2026-11-26 12:10", "2026-11-26 13:30"),
        ((time(12), time(13, 30)), "2026-11-26 14:00", "2026-11-26 14:02"),
        # Until midnight
        ((time(18), time(0)), "2026-11-26 20:00", "2026-11-27 00:00"),
        # No length, no hours
        ((time(12), time(12)), "2026-11-26 12:10", "2026-11-26 12:12"),
    ],
)
def test_quiet_hours_put_it_off_to_their_end(quiet, now, due):
    assert mail_due_at(Mail.AT_ONCE, preference(quiet), utc(now)) == utc(due)


def test_quiet_hours_hold_for_the_daily_mail_too():
    due = mail_due_at(Mail.DAILY, preference(NIGHT, digest_hour=5), utc("2026-11-26 12:00"))

    assert due == utc("2026-11-27 06:00")


def test_quiet_hours_are_those_of_one_s_own_clock():
    # 22:30 in Berlin, 21:30 in UTC
    due = mail_due_at(Mail.AT_ONCE, preference(NIGHT, BERLIN), utc("2026-11-26 21:30"))

    assert due == utc("2026-11-27 05:00")


def test_no_zone_of_one_s_own_is_that_of_the_installation(settings):
    settings.TIME_ZONE = BERLIN

    assert mail_due_at(Mail.DAILY, preference(zone=""), utc("2026-11-26 12:00")) == utc("2026-11-27 07:00")


# Berlin: 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00.
@pytest.mark.parametrize(
    ("clock", "after", "moment"),
    [
        (time(8), "2026-03-28 12:00", "2026-03-29 06:00"),
        (time(8), "2026-10-24 12:00", "2026-10-25 07:00"),
        # The clock never shows it: as if it had not been put forward.
        (time(2, 30), "2026-03-28 23:00", "2026-03-29 01:30"),
        # The clock shows it twice: the next one that is not over.
        (time(2, 30), "2026-10-24 23:00", "2026-10-25 00:30"),
        (time(2, 30), "2026-10-25 00:45", "2026-10-25 01:30"),
        (time(2, 30), "2026-10-25 01:45", "2026-10-26 01:30"),
    ],
)
def test_the_days_on_which_clocks_change(clock, after, moment):
    assert next_time(clock, utc(after), ZoneInfo(BERLIN)) == utc(moment)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        # The short night of spring and the long one of autumn both end at six.
        ("2026-03-28 23:00", "2026-03-29 04:00"),
        ("2026-10-24 23:00", "2026-10-25 05:00"),
    ],
)
def test_quiet_nights_on_which_clocks_change(now, due):
    assert mail_due_at(Mail.AT_ONCE, preference(NIGHT, BERLIN), utc(now)) == utc(due)


ZONES = st.sampled_from(
    ["UTC", BERLIN, "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]
)
MOMENTS = st.datetimes(
    utc("2011-01-01").replace(tzinfo=None), utc("2030-01-01").replace(tzinfo=None), timezones=st.just(UTC)
)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@given(MOMENTS, CLOCKS, CLOCKS, ZONES, st.integers(0, 23), st.sampled_from([Mail.AT_ONCE, Mail.DAILY]))
def test_it_is_never_quiet_nor_early_nor_days_late(now, begin, end, zone, hour, mail):
    theirs = preference((begin, end), zone, hour)

    due = mail_due_at(mail, theirs, now)

    assert not is_quiet(due, theirs)
    assert due > now
    assert due.tzinfo is UTC
    # A day for the daily mail, one for the quiet hours; Apia once skipped a whole one.
    assert due - now <= timedelta(days=3, hours=2)


@given(MOMENTS, CLOCKS, CLOCKS, ZONES)
def test_a_moment_that_is_not_quiet_stays(moment, begin, end, zone):
    theirs = preference((begin, end), zone)

    if not is_quiet(moment, theirs):
        assert after_quiet_hours(moment, theirs) == moment


@pytest.mark.parametrize("minutes", range(0, 240, 20))
def test_the_daily_mail_is_due_once_on_the_day_of_the_repeated_hour(minutes):
    # Berlin's clocks show 02:00 at midnight UTC, and again an hour later.
    now = utc("2026-10-24 22:00") + timedelta(minutes=minutes)

    due = mail_due_at(Mail.DAILY, preference(zone=BERLIN, digest_hour=2), now)

    assert due == utc("2026-10-25 00:00" if minutes < 120 else "2026-10-26 01:00")
