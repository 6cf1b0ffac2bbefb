"""When a notification's mail is to go out: at once or with the daily one, and never in quiet hours."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..models.notification_preference import Mail

if TYPE_CHECKING:
    from ..models.notification_preference import NotificationPreference

# What happens within it goes out as one mail.
BURST = timedelta(minutes=2)


def mail_due_at(mail: Mail, preference: "NotificationPreference", now: datetime) -> datetime | None:
    """Answer when this mail may go out, in UTC; None if none is wanted.

    now: an aware moment. Quiet hours and the hour of the daily mail are times of the person's own clock,
    also where it is put forward or back.
    """
    if mail == Mail.NEVER:
        return None
    due = (
        now + BURST if mail == Mail.AT_ONCE else next_time(time(preference.digest_hour), now, preference.zone)
    )
    return after_quiet_hours(due, preference).astimezone(UTC)


def next_time(clock: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after `after` at which the clock in `zone` shows `clock`, or would, had it not been
    put forward over it.
    """
    day = after.astimezone(zone).date()
    for date in (day, day + timedelta(days=1)):
        for fold in (0, 1):
            moment = datetime.combine(date, clock, zone).replace(fold=fold).astimezone(UTC)
            if moment > after:
                return moment
    raise AssertionError("No day is longer than two.")


def after_quiet_hours(moment: datetime, preference: "NotificationPreference") -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    end = preference.quiet_until
    return next_time(end, moment, preference.zone) if end and is_quiet(moment, preference) else moment


def is_quiet(moment: datetime, preference: "NotificationPreference") -> bool:
    begin, end = preference.quiet_from, preference.quiet_until
    if begin is None or end is None or begin == end:
        return False
    clock = moment.astimezone(preference.zone).time()
    if begin < end:
        return begin <= clock < end
    # Over midnight.
    return clock >= begin or clock < end
