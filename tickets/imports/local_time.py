"""Moments written in somebody's local time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def from_local(local: datetime, zone: ZoneInfo, *, not_before: datetime | None = None) -> datetime:
    """Answer the moment at which clocks in `zone` showed `local`.

    An hour that clocks skip in spring counts as the one after it. One they show twice in autumn counts as
    the first, or as the second where the first would be before `not_before`. A moment before `not_before`
    becomes `not_before`: nothing can happen to a ticket before what was done last.
    """
    moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if not_before is None or moment >= not_before:
        return moment
    return max(local.replace(tzinfo=zone, fold=1).astimezone(UTC), not_before)


def parse_iso(text: str, zone: ZoneInfo) -> datetime:
    """Read ISO 8601 ("2026-03-01", "2026-03-01 09:30", "2026-03-01T09:30:00Z"); without a zone it is local.

    Raises ValueError.
    """
    moment = datetime.fromisoformat(text)
    return from_local(moment, zone) if moment.tzinfo is None else moment.astimezone(UTC)
