"""Lists paged by key: the next page starts after a row, so page 1,000 costs what page 1 costs.

An OFFSET would read and throw away everything before it.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import QueryDict

AFTER, BEFORE = "after", "before"


@dataclass(frozen=True)
class Ordering:
    """A column to sort by, newest or largest first if `descending`; ties by id in the same direction."""

    label: str
    column: str
    descending: bool

    def order(self, reverse: bool = False) -> tuple[str, ...]:
        sign = "-" if self.descending != reverse else ""
        return (f"{sign}id",) if self.column == "id" else (f"{sign}{self.column}", f"{sign}id")

    def beyond(self, row: models.Model, reverse: bool = False) -> models.Q:
        """The rows after `row` in this order; before it if `reverse`."""
        operator = "lt" if self.descending != reverse else "gt"
        if self.column == "id":
            return models.Q(**{f"id__{operator}": row.pk})
        value = getattr(row, self.column)
        # The first condition lets the index seek; the second is exact.
        return models.Q(**{f"{self.column}__{operator}e": value}) & (
            models.Q(**{f"{self.column}__{operator}": value}) | models.Q(**{f"id__{operator}": row.pk})
        )


class Page:
    """One page of a queryset, and the ways to its neighbours.

    queryset: everything the list is about, of a model with a numeric id.
    params: the address's parameters; `after` or `before` hold the id of a row at this page's edge. A
        number that is none, or no row of the list any more, leads to the first page.
    Two queries, three where the address names a row.
    """

    def __init__(
        self, queryset: models.QuerySet, ordering: Ordering, params: QueryDict, *, size: int = 25
    ) -> None:
        self._params = params
        backwards = BEFORE in params and AFTER not in params
        edge = self._row(queryset, params.get(BEFORE if backwards else AFTER, ""))
        backwards = backwards and edge is not None
        rows = queryset.order_by(*ordering.order(reverse=backwards))
        if edge is not None:
            rows = rows.filter(ordering.beyond(edge, reverse=backwards))
        found = list(rows[: size + 1])
        more = len(found) > size
        self.rows: list[Any] = found[:size]
        if backwards:
            self.rows.reverse()
        self.has_next = bool(self.rows) and (backwards or more)
        self.has_previous = bool(self.rows) and (more if backwards else edge is not None)

    @property
    def next_query(self) -> str:
        """The address's parameters for the following page; empty if this is the last."""
        return self._query(AFTER, self.rows[-1]) if self.has_next else ""

    @property
    def previous_query(self) -> str:
        return self._query(BEFORE, self.rows[0]) if self.has_previous else ""

    def _query(self, name: str, row: models.Model) -> str:
        params = self._params.copy()
        params.pop(AFTER, None)
        params.pop(BEFORE, None)
        params[name] = str(row.pk)
        return params.urlencode()

    @staticmethod
    def _row(queryset: models.QuerySet, text: str) -> models.Model | None:
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            return None
        return queryset.filter(pk=int(text)).first()


def bounded_count(queryset: models.QuerySet, bound: int = 1000) -> str:
    """Count rows up to a bound: "12", or "1,000+" without counting on. One query."""
    number = queryset.order_by()[: bound + 1].count()
    return f"{number:,}" if number <= bound else f"{bound:,}+"
