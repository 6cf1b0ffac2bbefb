"""Deleting without loss."""

from datetime import datetime

from accounts.models import User

from ..attachment import Attachment
from ..message import Message
from .base import TicketBase
from .redaction import blank, forget_mail_about

PURGED_TITLE = "Purged ticket"


class Trash(TicketBase):
    """Every verb takes `by` (the person acting, None for the system) and `at` (a moment in the past, for
    imports; None is now).
    """

    class Meta:
        abstract = True

    def trash(self, *, by: User | None, at: datetime | None = None) -> None:
        """Move the ticket to the trash: gone for its requester, restorable by admins.

        Raises NotAllowed, and InTrash if it is there already.
        """
        with self.change("trash", by=by, at=at) as change:
            self.trashed_at = change.moment

    def restore(self, *, by: User | None, at: datetime | None = None) -> None:
        """Bring the ticket back as it was.

        Raises NotAllowed, WrongStatus if it is not in the trash, InTrash if it is purged.
        """
        with self.change("restore", by=by, at=at):
            self.trashed_at = None

    def purge(self, *, by: User | None, at: datetime | None = None) -> None:
        """Remove for good what the ticket in the trash says, its conversation and files; nobody sees it
        again. Its number, and what happened when, stay in the log: a gap there would be tampering.

        The files go once the transaction is committed.
        Raises NotAllowed, WrongStatus if it is not in the trash, InTrash if it is purged already.
        """
        with self.change("purge", by=by, at=at) as change:
            blank(
                Message.objects.filter(event__ticket_id=self.pk),
                Attachment.objects.filter(event__ticket_id=self.pk),
            )
            self.feedback.update(comment="")
            forget_mail_about(self.pk)
            self.drafts.all().delete()
            self.watches.all().delete()
            self.notifications.all().delete()
            self.title, self.description = PURGED_TITLE, ""
            self.purged_at = change.moment
            change.words["title"] = PURGED_TITLE
