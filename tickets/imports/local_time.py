"""Moments as exports and spreadsheets write them, often in somebody's local time."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# Year first, so that day and month cannot be taken for each other; digits may be one alone ("2026-3-1 9:30").
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T|\s+|$)(?:(\d{1,2})(:\d{2}.*))?", re.ASCII)


def read_moment(text: str) -> datetime:
    """Read ISO 8601 ("2026-03-01", "2026-03-01T09:30:00Z") and what spreadsheets make of it ("2026/3/1 9:30").

    The answer is without a zone where the text names none. Raises ValueError.
    """
    if match := YEAR_FIRST.fullmatch(" ".join(text.split())):
        year, _, month, day, hour, rest = match.groups()
        rest = re.sub(r"\s*(UTC|GMT)$", "Z", rest or "", flags=re.IGNORECASE).replace(" ", "")
        text = f"{year}-{month:0>2}-{day:0>2}" + (f"T{hour:0>2}{rest}" if hour else "")
    return datetime.fromisoformat(text)


def from_local(shown: datetime, zone: ZoneInfo, *, not_before: datetime | None = None) -> datetime:
    """Answer the moment in UTC at which clocks in `zone` showed this; one that names its own zone is that one.

    An hour that clocks skip in spring counts as the one after it. One they show twice in autumn counts as
    the first, or as the second where only that is not before `not_before`.
    """
    if shown.tzinfo is not None:
        return shown.astimezone(UTC)
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if not_before is not None and first < not_before <= second else first
