"""When a notification's mail is to go out: at once or with the daily one, and never in quiet hours."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..models.notification_preference import Mail

if TYPE_CHECKING:
    from ..models.notification_preference import NotificationPreference

# What happens to a ticket within it goes out as one mail.
BURST = timedelta(minutes=2)
# Who does so much that it would be more mails than these within this time is told of in one.
MANY_MAILS, MANY_MAILS_WITHIN = 6, timedelta(minutes=15)


def mail_due_at(mail: Mail, preference: "NotificationPreference", now: datetime) -> datetime | None:
    """Answer when this mail may go out, in UTC; None if none is wanted.

    mail: how the person wants this one.
    preference: theirs; quiet hours and the hour of the daily mail are times of their own clock, also where it
        is put forward or back.
    now: an aware moment.
    """
    if mail == Mail.NEVER:
        return None
    if mail == Mail.AT_ONCE:
        due = now + BURST
    else:
        due = next_time(time(preference.digest_hour), now, preference.zone, once_a_day=True)
    return after_quiet_hours(due, preference).astimezone(UTC)


def next_time(clock: time, after: datetime, zone: ZoneInfo, *, once_a_day: bool = False) -> datetime:
    """Answer the first moment at which a clock shows a time, or would, had it not been put forward over it.

    clock: the time it is to show.
    after: an aware moment, after which it is looked for.
    zone: where the clock hangs.
    once_a_day: leave out the second of two moments at which a clock that is put back shows the same.
    """
    day = after.astimezone(zone).date()
    for date in (day, day + timedelta(days=1)):
        for fold in (0,) if once_a_day else (0, 1):
            moment = datetime.combine(date, clock, zone).replace(fold=fold).astimezone(UTC)
            if moment > after:
                return moment
    raise AssertionError("No day is longer than two.")


def after_quiet_hours(moment: datetime, preference: "NotificationPreference") -> datetime:
    """Answer the moment itself, or the end of the quiet hours it lies in.

    moment: aware.
    preference: whose quiet hours.
    """
    end = preference.quiet_until
    return next_time(end, moment, preference.zone) if end and is_quiet(moment, preference) else moment


def is_quiet(moment: datetime, preference: "NotificationPreference") -> bool:
    """Say whether a moment lies in somebody's quiet hours: from their beginning on, at their end no more.

    moment: aware.
    preference: whose quiet hours; without both ends there are none.
    """
    begin, end = preference.quiet_from, preference.quiet_until
    if begin is None or end is None or begin == end:
        return False
    clock = moment.astimezone(preference.zone).time()
    if begin < end:
        return begin <= clock < end
    # Over midnight.
    return clock >= begin or clock < end
