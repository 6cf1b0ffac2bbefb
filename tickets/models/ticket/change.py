"""One change of a ticket: what the row was before, and the one event that tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models

from accounts.models import User

from ...errors import FileGone, require
from ...events import Answers, EventKind
from ..attachment import Attachment
from ..event import TicketEvent
from ..mention import Mention
from ..message import Message
from ..subscribers import Said, publish, publish_words
from ..upload import Upload
from .fields import LOGGED, TicketFields
from .status import Status


class Entry(NamedTuple):
    """An event with its words and files, before it is written."""

    event: TicketEvent
    messages: list[Message]
    attachments: list[Attachment]

    def seal(self, ticket: TicketFields) -> None:
        """Tie the event to the one before it. The hash covers the ticket's number, which the database gives."""
        self.event.ticket_id = ticket.pk
        self.event.previous_hash = ticket.log_hash
        self.event.hash = ticket.log_hash = self.event.computed_hash(self.messages, self.attachments)

    def save(self) -> None:
        self.event.save()
        for message in self.messages:
            message.event = self.event
            message.save()
        for attachment in self.attachments:
            attachment.event = self.event
            attachment.save()


@dataclass
class Change:
    """A change while it is made. Made by TicketBase.change for a verb, which sets the rest.

    ticket: its row as it was read under the lock; the verb changes it.
    kind: of the event.
    by: the person acting, None for the system.
    moment: when it happens, in UTC.
    is_past: brought by an import: nobody is told of it, and nobody begins to watch.
    words: message part -> what was written; empty leaves none.
    files: become the event's attachments.
    mentioned: people named in the words.
    data: for the event, beside the columns that changed.
    is_bare_thanks: the words ask nothing of anybody.
    """

    ticket: TicketFields
    kind: EventKind
    by: User | None
    moment: datetime
    is_past: bool = False
    words: dict[str, str] = field(default_factory=dict)
    files: Sequence[Upload] = ()
    mentioned: Sequence[User] = ()
    data: dict[str, Any] = field(default_factory=dict)
    is_bare_thanks: bool = False
    before: dict[str, Any] = field(init=False)
    said_before: tuple[str, str] | None = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.ticket.logged_values() if self.ticket.version else {}
        self.said_before = self._says if self.ticket.version else None

    @property
    def changed(self) -> dict[str, list[Any]]:
        """Answer column -> [old, new] of the columns whose changes stand in the log."""
        after = self.ticket.logged_values()
        return {c: [self.before.get(c), after[c]] for c in LOGGED if self.before.get(c) != after[c]}

    @property
    def is_empty(self) -> bool:
        """Say whether the verb has found nothing to do."""
        return not (any(self.words.values()) or self.files or self.data or self.changed)

    def compose(self) -> Entry:
        """Count the event on the ticket's row and make it, with its words and files. Saves nothing."""
        ticket = self.ticket
        if ticket.first_answered_at is None and self._answers_requester():
            ticket.first_answered_at = self.moment
        if not ticket.is_unsolved or self._answers_requester():
            ticket.unanswered_since = None
        elif ticket.unanswered_since is None and self._wants_answer():
            ticket.unanswered_since = self.moment
        ticket.version += 1
        ticket.updated_at = self.moment
        # What is internal leaves no trace in what the requester sees.
        if not self.kind.is_internal:
            ticket.publicly_updated_at = self.moment
        event = TicketEvent(
            version=ticket.version,
            kind=self.kind,
            actor=self.by,
            at=self.moment,
            data=self.changed | self.data,
        )
        messages = [Message.of_words(part, body) for part, body in self.words.items() if body]
        attachments = [Attachment.of_upload(upload, n) for n, upload in enumerate(self.files, start=1)]
        return Entry(event, messages, attachments)

    def write(self) -> None:
        """Write the row and its one event, and publish it unless it is of the past.

        Raises FileGone if somebody removed a file meanwhile, or the same form came twice.
        """
        entry, is_new = self.compose(), self.ticket.pk is None
        if is_new:
            self._save_row()
        entry.seal(self.ticket)
        self._save_row(["log_hash"] if is_new else None)
        if self._says != self.said_before:
            publish_words([Said(self.ticket.pk, *self._says)])
        entry.save()
        for upload in self.files:
            # The file now belongs to the attachment; only the row that kept it so far goes.
            require(bool(upload.delete()[0]), FileGone)
        for person in self.mentioned:
            Mention.objects.create(event=entry.event, person=person)
        if not self.is_past:
            publish(entry.event)

    def _save_row(self, columns: list[str] | None = None) -> None:
        # The ticket's own `save` refuses, as it would leave no event.
        models.Model.save(self.ticket, update_fields=columns)

    @property
    def _says(self) -> tuple[str, str]:
        return self.ticket.title, self.ticket.description

    def _answers_requester(self) -> bool:
        """Say whether this is somebody else's word to the requester."""
        if self.by is None or self.by.pk == self.ticket.requester_id:
            return False
        return self._is_said_to_the_other_side()

    def _wants_answer(self) -> bool:
        """Say whether the help desk has to answer this: a new ticket, or its requester's word on an open one.
        What does not wake a ticket On Hold is thanks, or the requester put it there.
        """
        if not self.before:
            return True
        if self.by is None or self.by.pk != self.ticket.requester_id or self.is_bare_thanks:
            return False
        return self.ticket.status != Status.ON_HOLD and self._is_said_to_the_other_side()

    def _is_said_to_the_other_side(self) -> bool:
        said_something = self.kind.answers is Answers.WITH_WORDS and any(self.words.values())
        return said_something or self.kind.answers is Answers.ALWAYS
