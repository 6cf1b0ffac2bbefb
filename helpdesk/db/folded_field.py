"""A column beside others that holds their words folded, so that every database finds them alike."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from ..text.folding import fold

BATCH = 1000


class FoldedField(models.TextField[str, str]):
    """What other columns of the row say, folded; written with the row.

    Whoever saves only some columns names this one as well, and so does an update.
    """

    def __init__(self, *, of: Sequence[str] = (), **kwargs: Any) -> None:
        """of: the names of the columns."""
        self.of = tuple(of)
        # In the database, too: the version before writes rows while this one is installed.
        kwargs |= {"default": "", "db_default": "", "blank": True, "editable": False}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for option in ("default", "db_default", "blank", "editable"):
            kwargs.pop(option)
        return name, path, args, {**kwargs, "of": self.of}

    def fold_row(self, row: models.Model) -> str:
        """Answer what this column of `row` has to hold."""
        return " ".join(fold(getattr(row, name)) for name in self.of)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = self.fold_row(model_instance)
        setattr(model_instance, self.attname, folded)
        return folded


def refold(model: type[models.Model]) -> int:
    """Put right the folded columns of a model that do not hold what they should; answer how many rows.

    For rows from before the column, or written by a version that does not know it. Reads all rows, a batch in
    memory at a time; may be cut off and run again.
    """
    field = next(field for field in model._meta.concrete_fields if isinstance(field, FoldedField))
    rows, last, mended = model._base_manager.order_by("pk").only("pk", field.name, *field.of), 0, 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        wrong = [row for row in batch if getattr(row, field.attname) != field.fold_row(row)]
        for row in wrong:
            # By what the row says now, should somebody be changing it: only if that is what was read.
            same = {name: getattr(row, name) for name in field.of}
            mended += model._base_manager.filter(pk=row.pk, **same).update(
                **{field.name: field.fold_row(row)}
            )
        last = batch[-1].pk
    return mended
