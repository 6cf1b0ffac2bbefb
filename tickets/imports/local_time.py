"""Moments as exports and spreadsheets write them, often in somebody's local time."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# Year first, so that day and month cannot be taken for each other; digits may be one alone ("2026-3-1 9:30").
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T|\s+|$)(?:(\d{1,2})(:\d{2}.*))?", re.ASCII)
# The month's name tells them apart as well: Jira writes "01/Mar/24 9:30 AM".
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMED = re.compile(
    rf"(\d{{1,2}})([-/ ])({'|'.join(MONTHS)})[a-z]*\2(\d{{4}}|\d\d)\b", re.ASCII | re.IGNORECASE
)
HALF_DAY = re.compile(r"(.*\s)(\d{1,2})(:\d{2}(?::\d{2})?)\s?([AP])M", re.ASCII | re.IGNORECASE)
# What a ticket can be from; the others are slips, and some cannot be shown in every time zone.
YEARS = range(1970, 9999)


def read_moment(text: str) -> datetime:
    """Read ISO 8601 ("2026-03-01", "2026-03-01T09:30:00Z") and what spreadsheets make of it ("2026/3/1 9:30 AM"), also
    with the name of the month ("01/Mar/26 9:30").

    The answer is without a zone where the text names none. Raises ValueError, also for a year that is none of YEARS.
    """
    text = MONTH_NAMED.sub(_year_first, " ".join(text.split()), count=1)
    if half := HALF_DAY.fullmatch(text):
        day, hour, rest, letter = half.groups()
        if not 1 <= int(hour) <= 12:
            raise ValueError(text)
        text = f"{day}{int(hour) % 12 + 12 * (letter in 'Pp')}{rest}"
    if match := YEAR_FIRST.fullmatch(text):
        year, _, month, day, hour, rest = match.groups()
        rest = re.sub(r"\s*(UTC|GMT)$", "Z", rest or "", flags=re.IGNORECASE).replace(" ", "")
        text = f"{year}-{month:0>2}-{day:0>2}" + (f"T{hour:0>2}{rest}" if hour else "")
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment


def from_local(shown: datetime, zone: ZoneInfo, *, not_before: datetime | None = None) -> datetime:
    """Answer the moment in UTC at which clocks in `zone` showed this; one that names its own zone is that one.

    An hour that clocks skip in spring counts as the one after it. One they show twice in autumn counts as
    the first, or as the second where only that is not before `not_before`.
    """
    if shown.tzinfo is not None:
        return shown.astimezone(UTC)
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if not_before is not None and first < not_before <= second else first


def _year_first(match: re.Match[str]) -> str:
    day, _, month, year = match.groups()
    return f"{year if len(year) == 4 else '20' + year}-{MONTHS.index(month.lower()) + 1}-{day}"
