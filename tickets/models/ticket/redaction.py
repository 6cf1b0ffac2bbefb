"""Removing words and files from the history for good. Their digests stay, so that the chain still holds.

The one change the insert-only tables let through; helpdesk/db/triggers.py knows its shape from `blankable`.
"""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import models, transaction

from ...events import BLANKED, Kind, replay
from ..attachment import Attachment
from ..message import Message
from .base import TicketBase

if TYPE_CHECKING:
    from accounts.models import User

REDACTED_TITLE = "Words removed"


def blank(messages: "models.QuerySet[Message]", attachments: "models.QuerySet[Attachment]") -> None:
    """Blank these words, and the names and contents of these files. Inside a transaction; the files go
    once it is committed. Whoever calls this logs it.
    """
    paths = [path for row in attachments.values_list("file", "preview") for path in row if path]
    models.QuerySet(Message).filter(pk__in=messages.values("pk")).update(body="", salt="")
    models.QuerySet(Attachment).filter(pk__in=attachments.values("pk")).update(
        name="", salt="", sha256="", file="", preview=""
    )
    for path in paths:
        transaction.on_commit(partial(default_storage.delete, path), robust=True)


class Redaction(TicketBase):
    class Meta:
        abstract = True

    @transaction.atomic
    def redact(self, versions: Collection[int], *, by: "User | None") -> None:
        """Remove for good what was written and sent along with some events of this ticket.

        versions: of the events. A title or description that stands on the ticket now and came with one of
        them goes, too. Does nothing if there is nothing left to remove. Raises NotAllowed.
        """
        self._begin("redact", by=by, at=None)
        events = self.events.filter(version__in=versions)
        messages = Message.objects.filter(event__in=events).exclude(salt="")
        attachments = Attachment.objects.filter(event__in=events).exclude(salt="")
        touched = {*messages.values_list("event__version", flat=True)}
        touched |= {*attachments.values_list("event__version", flat=True)}
        if not touched:
            return
        blank(messages, attachments)
        rated_at = events.filter(version__in=touched, kind=Kind.RATED).values("at")
        self.feedback.filter(given_at__in=rated_at).update(comment="")
        told = replay(self.events.prefetch_related("messages"))
        self.description = told["description"]
        self.title = told["title"] or REDACTED_TITLE
        self._save_and_log(
            Kind.REDACTED,
            by=by,
            more={BLANKED: [None, sorted(touched)]},
            title="" if told["title"] else REDACTED_TITLE,
        )
