"""Rows that are written once. The triggers of helpdesk/db/triggers.py back this in the database."""

from typing import Any, ClassVar, NoReturn

from django.db import models


class InsertOnlyError(TypeError):
    """Somebody tried to change or remove a row of the history."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise InsertOnlyError(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        raise InsertOnlyError(f"{self.model.__name__} rows are never removed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise InsertOnlyError(f"{self.model.__name__} rows are never changed.")


class AppendOnlyModel(models.Model):
    """Base of such rows; each model names its manager, made from AppendOnlyQuerySet.

    blankable: the columns that may be emptied all the same, all together and with nothing else changed.
    """

    blankable: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise InsertOnlyError(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise InsertOnlyError(f"{type(self).__name__} rows are never removed.")
