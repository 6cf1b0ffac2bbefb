"""What an address or a form may say in a parameter: each kind is read here, within bounds, and nonsense is None."""

from datetime import UTC, date, datetime, timedelta

from django.utils.dateparse import parse_datetime

# Nearer to the ends of what Python can count, a day more or another zone's clock would lie beyond them.
FIRST_DAY, LAST_DAY = date.min + timedelta(days=3), date.max - timedelta(days=3)


def whole_number(text: str, *, digits: int = 18) -> int | None:
    """Read a whole number that is not negative; None for anything else, and for what is too large.

    text: as it came; only the digits 0 to 9 count, not those of other scripts.
    digits: how many there may be. The largest number of 18 digits fits a column of 64 bits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def moment(text: str) -> datetime | None:
    """Read a moment as datetime.isoformat writes it, with its zone, and answer it in UTC; None for anything else.

    text: as it came.
    """
    try:
        read = parse_datetime(text)
        moment = None if read is None or read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and FIRST_DAY <= moment.date() <= LAST_DAY else None


def bounded_day(day: date) -> date:
    """Answer a day as it is; FIRST_DAY or LAST_DAY for what lies beyond, where nothing ever happens."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def stored_text(text: str) -> str | None:
    """Answer a text as it came; None for what no database takes: a NUL, or half of a surrogate pair."""
    return None if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text) else text


def search_words(text: str, *, length: int) -> str:
    """Answer what to look for: `length` characters of it at most, and no NUL, which nothing is found by."""
    return text[:length].replace("\0", "")
