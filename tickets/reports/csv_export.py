"""Ratings as a table for a spreadsheet."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from ..models.feedback import FeedbackQuerySet

CSV_HEAD = ("ticket", "title", "request_type", "resolved_by", "rating", "comment", "given_at")
# Before its first line: by it alone Excel knows that a table is UTF-8.
BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS, CONTROLS = ("=", "+", "-", "@", "＝", "＋", "－", "＠"), ("\t", "\r", "\n")
SEPARATORS, ITEM_SIGNS = ";\t\r\n", ("+", "-", "＋", "－")
PARTS, CALLS = re.compile(r"[^;\t\r\n]+"), re.compile(r"[(|!]")
# Controls and letters that only say how others are shown (Unicode, general categories Cc and Cf).
INVISIBLE = ("Cc", "Cf")


class Line:
    """Something to write to that hands back what was written, for csv.writer."""

    @staticmethod
    def write(text: str) -> str:
        return text


def csv_text(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Write a table as spreadsheets read it, piece by piece. No cell is taken for a formula."""
    yield BYTE_ORDER_MARK
    lines = csv.writer(Line())
    for row in rows:
        yield lines.writerow(tuple(map(escape_csv_formula, row)))


def csv_rows(ratings: FeedbackQuerySet, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    """The cells of a table of ratings, its head first, read piece by piece.

    zone: of its moments, which name it; a table may be sent when its request is over.
    """
    yield CSV_HEAD
    rows = ratings.select_related("ticket__request_type", "resolver").defer("ticket__description")
    for row in rows.iterator(chunk_size=500):
        yield (
            row.ticket.reference,
            row.ticket.title,
            str(row.ticket.request_type),
            str(row.resolver or ""),
            str(row.score),
            row.comment,
            row.given_at.astimezone(zone).isoformat(timespec="seconds"),
        )


def escape_csv_formula(cell: str) -> str:
    """Keep a spreadsheet from taking a person's words for a formula: an apostrophe comes before them.

    Some leave out blanks and invisible letters before they look, or read the wide signs of East Asian keyboards. Where
    the list separator is a semicolon or a tab, a cell is parted there as well, and at its line ends.
    """
    first = len(cell) - len(cell.lstrip(SEPARATORS))
    escaped = PARTS.sub(lambda part: part[0] if part.start() <= first else _escaped(part[0]), cell)
    return f"'{escaped}" if cell[:1] in CONTROLS or _first_visible(cell) in FORMULA_SIGNS else escaped


def _escaped(part: str) -> str:
    sign = _first_visible(part)
    # An item of a list begins with such a sign, but calls nothing.
    is_item = sign in ITEM_SIGNS and not CALLS.search(part)
    return f"'{part}" if sign in FORMULA_SIGNS and not is_item else part


def _first_visible(cell: str) -> str | None:
    return next(
        (sign for sign in cell if not (sign.isspace() or unicodedata.category(sign) in INVISIBLE)), None
    )
