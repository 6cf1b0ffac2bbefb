"""Lists paged by key: the next page starts after a place in the order, so page 1,000 costs what page 1 costs.

An OFFSET would read and throw away everything before it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext

from helpdesk.text.numbers import RowCount
from helpdesk.web.query_params import moment, stored_text, whole_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AFTER, BEFORE = "after", "before"
# Up to this rows are counted.
BOUND = 1000


@dataclass(frozen=True)
class Ordering:
    """A column to sort by, newest or largest first if `descending`; ties by id in the same direction."""

    label: "StrOrPromise"
    column: str
    descending: bool

    def order(self, reverse: bool = False) -> tuple[str, ...]:
        sign = "-" if self.descending != reverse else ""
        return (f"{sign}id",) if self.column == "id" else (f"{sign}{self.column}", f"{sign}id")

    def beyond(self, edge: "Edge", reverse: bool = False) -> models.Q:
        """The rows after `edge` in this order; before it if `reverse`."""
        operator = "lt" if self.descending != reverse else "gt"
        if self.column == "id":
            return models.Q(**{f"id__{operator}": edge.pk})
        # The first condition lets the index seek; the second is exact.
        return models.Q(**{f"{self.column}__{operator}e": edge.value}) & (
            models.Q(**{f"{self.column}__{operator}": edge.value}) | models.Q(**{f"id__{operator}": edge.pk})
        )

    def cursor_of(self, row: models.Model) -> str:
        """Write a row's cursor: its value and its id."""
        value = getattr(row, self.column)
        text = "" if self.column == "id" else value.isoformat() if isinstance(value, datetime) else str(value)
        return f"{text}~{row.pk}"

    def edge_of(self, text: str, model: type[models.Model]) -> "Edge | None":
        """Read a cursor from an address; None for nonsense."""
        text, _, end = text.rpartition("~")
        number = whole_number(end)
        if number is None:
            return None
        if self.column == "id":
            return Edge(None, number)
        is_moment = isinstance(model._meta.get_field(self.column), models.DateTimeField)
        value = moment(text) if is_moment else stored_text(text)
        return None if value is None else Edge(value, number)


class Edge(NamedTuple):
    value: Any
    pk: int


class Page:
    """One page of a queryset, and the ways to its neighbours.

    queryset: everything the list is about, of a model with a numeric id.
    params: the address's parameters; `after` or `before` hold the place in the order where this page
        begins or ends. A place, not a row: the row may have moved meanwhile. Nonsense, and a place with
        nothing beyond it, lead to the first page.
    Each row has its place in the order as `cursor`. One query, two where nothing was beyond the place.
    """

    def __init__(
        self, queryset: models.QuerySet[Any], ordering: Ordering, params: QueryDict, *, size: int = 25
    ) -> None:
        self._params, self._ordering = params, ordering
        backwards = BEFORE in params and AFTER not in params
        edge = ordering.edge_of(params.get(BEFORE if backwards else AFTER, ""), queryset.model)
        self._read(queryset, edge, backwards and edge is not None, size)
        if edge is not None and not self.rows:
            self._read(queryset, None, False, size)
        for row in self.rows:
            row.cursor = ordering.cursor_of(row)

    @property
    def next_query(self) -> str:
        """The address's parameters for the following page; empty if this is the last."""
        return self._query(AFTER, self.rows[-1]) if self.has_next else ""

    @property
    def previous_query(self) -> str:
        return self._query(BEFORE, self.rows[0]) if self.has_previous else ""

    def _read(self, queryset: models.QuerySet[Any], edge: Edge | None, backwards: bool, size: int) -> None:
        rows = queryset.order_by(*self._ordering.order(reverse=backwards))
        if edge is not None:
            rows = rows.filter(self._ordering.beyond(edge, reverse=backwards))
        found = list(rows[: size + 1])
        more = len(found) > size
        self.rows: list[Any] = found[:size]
        if backwards:
            self.rows.reverse()
        self.has_next = bool(self.rows) and (backwards or more)
        self.has_previous = bool(self.rows) and (more if backwards else edge is not None)

    def _query(self, name: str, row: models.Model) -> str:
        params = self._params.copy()
        params.pop(AFTER, None)
        params.pop(BEFORE, None)
        params[name] = self._ordering.cursor_of(row)
        return params.urlencode()


class Neighbours:
    """The rows before and after a row of a list.

    cursor: where the row stood when the list was shown, as Ordering.cursor_of wrote it; nonsense is where it
    stands now. next, previous: a row and its cursor, None at the ends. position: "3 of 25", counted up to
    a bound. Four queries.
    """

    def __init__(
        self, queryset: models.QuerySet[Any], ordering: Ordering, row: models.Model, cursor: str
    ) -> None:
        edge = ordering.edge_of(cursor, queryset.model)
        edge = edge or Edge(getattr(row, ordering.column), cast(int, row.pk))
        others = queryset.exclude(pk=row.pk)
        before = others.filter(ordering.beyond(edge, reverse=True))
        after = others.filter(ordering.beyond(edge))
        self.previous = self._first(before.order_by(*ordering.order(reverse=True)), ordering)
        self.next = self._first(after.order_by(*ordering.order()), ordering)
        self.position = self._position(*(rows.order_by()[:BOUND].count() for rows in (before, after)))

    @staticmethod
    def _first(rows: models.QuerySet[Any], ordering: Ordering) -> "tuple[Any, str] | None":
        row = rows.first()
        return None if row is None else (row, ordering.cursor_of(row))

    @staticmethod
    def _position(before: int, after: int) -> str:
        place = RowCount(before + 1) if before < BOUND else RowCount(BOUND, has_more=True)
        every = RowCount(before + 1 + after, has_more=BOUND in (before, after))
        # Translators: which row of a list is open, such as "3 of 25" or "1,000+ of 1,200+".
        return gettext("%(place)s of %(number)s") % {"place": place, "number": every}


def bounded_count(queryset: models.QuerySet[Any], bound: int = BOUND) -> RowCount:
    """Count rows up to a bound: "12", or "1,000+" without counting on. One query."""
    number = queryset.order_by().values("pk")[: bound + 1].count()
    return RowCount(min(number, bound), has_more=number > bound)
