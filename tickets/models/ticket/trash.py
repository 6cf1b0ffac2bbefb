"""Deleting without loss."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ...events import Kind
from ..attachment import Attachment
from ..message import Message
from .base import TicketBase
from .redaction import blank

if TYPE_CHECKING:
    from accounts.models import User

PURGED_TITLE = "Purged ticket"


class Trash(TicketBase):
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

    @transaction.atomic
    def purge(self, *, by: "User | None", at: datetime | None = None) -> None:
        """Remove for good what the ticket in the trash says, its conversation and files; nobody sees it
        again. Its number, and what happened when, stay in the log: a gap there would be tampering.

        The files go once the transaction is committed. Raises NotAllowed, WrongStatus if it is not in the
        trash.
        """
        self._begin("purge", by=by, at=at)
        blank(
            Message.objects.filter(event__ticket_id=self.pk),
            Attachment.objects.filter(event__ticket_id=self.pk),
        )
        self.feedback.update(comment="")
        self.drafts.all().delete()
        self.watches.all().delete()
        self.notifications.all().delete()
        self.title, self.description = PURGED_TITLE, ""
        self.purged_at = self._moment
        self._save_and_log(Kind.PURGED, by=by, title=PURGED_TITLE)
