"""People by surname, then first name, paged by key: the order of the index user_by_name."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.db.keyset import Edge, Ordering
from helpdesk.web.query_params import stored_text, whole_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COLUMNS = ("last_name", "first_name")
BY_NAME = _("By name")


@dataclass(frozen=True)
class NameOrdering(Ordering):
    """A place in it is both names and the id."""

    label: "StrOrPromise" = BY_NAME
    column: str = "last_name"
    descending: bool = False

    def order(self, reverse: bool = False) -> tuple[str, ...]:
        return tuple(f"{'-' if reverse else ''}{column}" for column in (*COLUMNS, "id"))

    def beyond(self, edge: Edge, reverse: bool = False) -> models.Q:
        operator, (last, first) = "lt" if reverse else "gt", edge.value
        same_name = models.Q(first_name=first, **{f"id__{operator}": edge.pk})
        # The first condition lets the index seek; the others are exact.
        return models.Q(**{f"last_name__{operator}e": last}) & (
            models.Q(**{f"last_name__{operator}": last})
            | models.Q(**{f"first_name__{operator}": first})
            | same_name
        )

    def cursor_of(self, row: models.Model) -> str:
        names = [getattr(row, column) for column in COLUMNS]
        return f"{json.dumps(names, ensure_ascii=False)}~{row.pk}"

    def edge_of(self, text: str, model: type[models.Model]) -> Edge | None:
        value, _tilde, end = text.rpartition("~")
        number = whole_number(end)
        if number is None:
            return None
        try:
            names = json.loads(value)
        except (ValueError, RecursionError):
            return None
        if not isinstance(names, list) or len(names) != len(COLUMNS):
            return None
        if any(not isinstance(name, str) or stored_text(name) is None for name in names):
            return None
        return Edge(tuple(names), number)
