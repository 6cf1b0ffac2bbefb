"""Queries that Django composes once in a process: on a page with ten of them that takes longer than the
database takes to answer.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from inspect import signature
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler


class Param(Value):
    """Stands for a value that comes when the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list["Param"]]:  # type: ignore[override]
        return "%s", [self]


class Statement(NamedTuple):
    rows: QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


class Composed:
    """A query of the hottest pages, asked by its values: READ = Composed(lambda person: ...); READ(person=7).

    make: answers the queryset. It gets a Param for each of its arguments and hands them on into filters, so
    that one statement serves all values. To be made at the top of a module, where `make` knows nothing of
    one request. What Django settles while it composes is the same for all: the zone dates are in, where a
    slice ends, how long a list is.
    """

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        self._make = make
        self._names = signature(make).parameters.keys()

    def __call__(self, **values: Any) -> list[Any]:
        """Ask with these values: numbers, texts, moments and truth values; rows by their keys.

        Raises TypeError for other names than `make` has, and for None, which SQL compares to nothing.
        """
        if values.keys() != self._names or None in values.values():
            raise TypeError(f"{sorted(self._names)} are asked for, and none of them may be None.")
        rows, composed, sql, params = self._statement
        adapt = connection.ops.adapt_unknown_value
        given = tuple(adapt(values[p.value]) if isinstance(p, Param) else p for p in params)
        # What Django makes of the answer is left to it; only the composing is left out.
        compiler = copy(composed)
        compiler.as_sql = lambda *args, **kwargs: (sql, given)  # type: ignore[method-assign]
        asked = rows.all()
        asked.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(asked)

    @cached_property
    def _statement(self) -> Statement:
        rows = self._make(**{name: Param(name) for name in self._names})
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return Statement(rows, compiler, sql, tuple(params))
