"""Removing words and files from the history for good. Their digests stay, so that the chain still holds.

The one change the insert-only tables let through; tickets/triggers.py knows its shape.
"""

from functools import partial

from django.core.files.storage import default_storage
from django.db import models, transaction

from .attachment import Attachment
from .message import Message


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
