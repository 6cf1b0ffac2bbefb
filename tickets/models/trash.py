"""Deleting without loss."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ..events import Kind
from .record import Record

if TYPE_CHECKING:
    from accounts.models import User


class Trash(Record):
    class Meta:
        abstract = True

    @transaction.atomic
    def trash(self, *, by: "User | None", at: datetime | None = None) -> None:
        """Move the ticket to the trash: gone for its requester, restorable by admins.

        Raises NotAllowed, and InTrash if it is there already.
        """
        self._begin("trash", by=by, at=at)
        self.trashed_at = self._moment
        self._save_and_log(Kind.TRASHED, by=by)

    @transaction.atomic
    def restore(self, *, by: "User | None", at: datetime | None = None) -> None:
        """Bring the ticket back as it was. Raises NotAllowed, WrongStatus if it is not in the trash."""
        self._begin("restore", by=by, at=at)
        self.trashed_at = None
        self._save_and_log(Kind.RESTORED, by=by)
