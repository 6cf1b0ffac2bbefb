"""Removing words and files from the history for good. Their digests stay, so that the chain still holds.

The one change the insert-only tables let through; helpdesk/db/triggers.py knows its shape from `blankable`.
"""

from collections.abc import Collection
from functools import partial

from django.core.files.storage import default_storage
from django.db import models, transaction

from accounts.models import User
from helpdesk.tasks.erasure import forget_tasks_about

from ...events import Kind
from ..attachment import Attachment
from ..message import Message
from ..preview import Preview
from ..replay import BLANKED, replay
from .base import TicketBase

REDACTED_TITLE = "Words removed"


def blank(messages: "models.QuerySet[Message]", attachments: "models.QuerySet[Attachment]") -> None:
    """Blank these words, and the names and contents of these files.

    messages, attachments: in one transaction of the caller's, who logs it. The files go once it is
        committed.
    """
    Preview.objects.forget(attachments.values_list("file", flat=True))
    paths = [path for row in attachments.values_list("file", "preview") for path in row if path]
    models.QuerySet(Message).filter(pk__in=messages.values("pk")).update(body="", salt="")
    models.QuerySet(Attachment).filter(pk__in=attachments.values("pk")).update(
        name="", salt="", sha256="", file="", preview=""
    )
    for path in paths:
        transaction.on_commit(partial(default_storage.delete, path), robust=True)


def forget_mail_about(number: int) -> None:
    """Remove mail about this ticket that waits, failed or has just gone."""
    forget_tasks_about((f"/tickets/{number}/", f"/tickets/ticket/{number}/change/"))


class Redaction(TicketBase):
    class Meta:
        abstract = True

    def redact(self, versions: Collection[int], *, by: User | None) -> None:
        """Remove for good what was written and sent along with some events of this ticket. Does nothing if
        there is nothing left to remove.

        versions: of the events. A title or description that stands on the ticket now and came with one of
            them goes, too.
        by: the person acting, or None for the system.
        Raises NotAllowed, and InTrash if the ticket is purged.
        """
        with self.change("redact", by=by) as change:
            events = self.events.filter(version__in=versions)
            messages = Message.objects.filter(event__in=events).exclude(salt="")
            attachments = Attachment.objects.filter(event__in=events).exclude(salt="")
            touched = {*messages.values_list("event__version", flat=True)}
            touched |= {*attachments.values_list("event__version", flat=True)}
            if not touched:
                return
            blank(messages, attachments)
            forget_mail_about(self.pk)
            rated_at = events.filter(version__in=touched, kind=Kind.RATED).values("at")
            self.feedback.filter(given_at__in=rated_at).update(comment="")
            told = replay(self.events.prefetch_related("messages"))
            self.description, self.title = told["description"], told["title"] or REDACTED_TITLE
            change.words["title"] = "" if told["title"] else REDACTED_TITLE
            change.data[BLANKED] = [None, sorted(touched)]
