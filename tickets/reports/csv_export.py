"""Ratings as a table for a spreadsheet."""

from collections.abc import Iterator

from django.utils import timezone

from ..models.feedback import FeedbackQuerySet

CSV_HEAD = ("ticket", "title", "request_type", "resolved_by", "rating", "comment", "given_at")


def csv_rows(ratings: FeedbackQuerySet) -> Iterator[tuple[str, ...]]:
    """The cells of a table of ratings, its head first, read piece by piece."""
    yield CSV_HEAD
    rows = ratings.select_related("ticket__request_type", "resolver").defer("ticket__description")
    for row in rows.iterator(chunk_size=500):
        yield tuple(
            escape_csv_formula(cell)
            for cell in (
                row.ticket.reference,
                row.ticket.title,
                str(row.ticket.request_type),
                str(row.resolver or ""),
                str(row.score),
                row.comment,
                timezone.localtime(row.given_at).isoformat(timespec="seconds"),
            )
        )


def escape_csv_formula(cell: str) -> str:
    """Keep a spreadsheet from taking a person's words for a formula: an apostrophe comes before them.

    Some leave out blanks before they look, or read the wide signs of East Asian keyboards.
    """
    begins_formula = cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    return f"'{cell}" if begins_formula or cell.startswith(("\t", "\r", "\n")) else cell
