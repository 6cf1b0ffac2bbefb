"""What every verb of a ticket has in common: lock the row, check, change it, write one event."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils import timezone

from ... import permissions
from ...errors import EditConflict, FileGone, InTrash, NotAllowed, TicketError, WrongMoment, WrongStatus
from ...events import ANSWERS, INTERNAL, Kind, publish, replay
from ..attachment import Attachment
from ..event import TicketEvent
from ..mention import Mention
from ..message import Message
from ..upload import Upload
from .fields import TicketFields
from .status import STARTS_FROM

if TYPE_CHECKING:
    from accounts.models import User

# Columns whose every change stands in the event's data. Title and description go to messages.
LOGGED = (
    "status",
    "hold_reason",
    "requester_id",
    "assignee_id",
    "request_type_id",
    "created_at",
    "resolved_at",
    "resolved_by_id",
    "closed_at",
    "first_answered_at",
    "withdrawn_at",
    "trashed_at",
    "purged_at",
    "score",
)
# What can still be done to a ticket in the trash.
FROM_THE_TRASH = ("restore", "purge")


class TicketBase(TicketFields):
    """A row that changes only through verbs. `save` and `delete` refuse: they would leave no event."""

    class Meta(TicketFields.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A ticket is changed by its verbs, so that its history holds every change.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A ticket is moved to the trash, by its verb.")

    def allows(self, verb: str) -> bool:
        """Say whether the ticket's state allows `verb`, whoever asks."""
        if verb == "redact":
            return self.purged_at is None
        if verb in FROM_THE_TRASH:
            return self.is_in_trash and self.purged_at is None
        return not self.is_in_trash and self.status in STARTS_FROM[verb]

    def would_change(self, verb: str, *, by: "User", **words: Any) -> bool:
        """Say whether `verb` would change this ticket as it is known here. Locks and writes nothing.

        words: what the verb would be given, beside the version. Raises what the verb would raise.
        """
        self._require(permissions.RULES[verb](by, self), NotAllowed)
        self._require(self.allows(verb), self._refusal(verb))
        check = getattr(self, f"_check_{verb}", None)
        return check is None or check(**words)

    def _refusal(self, verb: str) -> type[TicketError]:
        """Name the error for a verb the state does not allow."""
        return InTrash if self.is_in_trash else WrongStatus

    def _begin(
        self,
        verb: str,
        *,
        by: "User | None",
        at: datetime | None,
        version: int | None = None,
        touching: tuple[str, ...] = (),
    ) -> None:
        """Lock the row (on SQLite the IMMEDIATE transaction is the lock), read it anew, and check that
        `by` may do `verb` to it now.

        at: a moment in the past, by imports only; rights of today are then not asked for.
        version, touching: refuse if one of these columns was changed after that version.
        """
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        self._before, self._is_history = self._logged_values(), at is not None
        if at is not None:
            self._require(self.updated_at <= at <= timezone.now(), WrongMoment)
        elif by is not None:
            self._require(permissions.RULES[verb](by, self), NotAllowed)
        if version is not None:
            self._refuse_if_changed_since(version, touching)
        self._require(self.allows(verb), self._refusal(verb))
        # A clock set back must not put an event before the one it follows.
        self._moment = at.astimezone(UTC) if at else max(timezone.now(), self.updated_at)

    def _save_and_log(
        self,
        kind: Kind,
        *,
        by: "User | None",
        files: Iterable[Upload] = (),
        mentioned: "Iterable[User]" = (),
        more: dict[str, Any] | None = None,
        **words: str,
    ) -> None:
        """Write the row and its one event, tied to the event before it. The last step of a verb: who is to
        hear of it is found out later, unless it is of the past.

        words: message part -> what was written; empty leaves none. files: become its attachments.
        mentioned: people named in the words. more: for the event's data, beside the columns that changed.
        """
        if self.first_answered_at is None and self._answers(kind, by, words):
            self.first_answered_at = self._moment
        self._move_on(kind)
        uploads = list(files)
        messages = [Message.of_words(part, body) for part, body in words.items() if body]
        attachments = [Attachment.of_upload(upload, n) for n, upload in enumerate(uploads, start=1)]
        if is_new := self.pk is None:
            # The event's hash covers the ticket's number, which the database gives.
            super().save()
        event = self._next_event(kind, by)
        event.data |= more or {}
        event.hash = self.log_hash = event.computed_hash(messages, attachments)
        super().save(update_fields=["log_hash"] if is_new else None)
        event.save()
        for message in messages:
            message.event = event
            message.save()
        for attachment in attachments:
            attachment.event = event
            attachment.save()
        for upload in uploads:
            # The file now belongs to the attachment; only the row that kept it so far goes. If it is gone
            # already, somebody removed the file, or the same form came twice.
            self._require(bool(upload.delete()[0]), FileGone)
        for person in mentioned:
            Mention.objects.create(event=event, person=person)
        if not self._is_history:
            publish(event)

    def _move_on(self, kind: Kind) -> None:
        """Count the event that comes now. What is internal leaves no trace in what the requester sees."""
        self.version += 1
        self.updated_at = self._moment
        if kind not in INTERNAL:
            self.publicly_updated_at = self._moment

    def _answers(self, kind: Kind, by: "User | None", words: dict[str, str]) -> bool:
        """Say whether this is somebody else's word to the requester."""
        if by is None or by.pk == self.requester_id or kind not in ANSWERS:
            return False
        return kind in (Kind.REPLIED, Kind.RESOLVED) or any(words.values())

    def _next_event(self, kind: Kind, by: "User | None") -> TicketEvent:
        after = self._logged_values()
        return TicketEvent(
            ticket_id=self.pk,
            version=self.version,
            kind=kind,
            actor=by,
            at=self._moment,
            data={c: [self._before.get(c), after[c]] for c in LOGGED if self._before.get(c) != after[c]},
            previous_hash=self.log_hash,
        )

    def _clean_words(self) -> None:
        """Raise django's ValidationError for a title or description that cannot be."""
        fields = {field.name for field in self._meta.fields}
        self.clean_fields(exclude=fields - {"title", "description"})

    def _logged_values(self) -> dict[str, Any]:
        values = {column: getattr(self, column) for column in LOGGED}
        return {c: v.isoformat() if isinstance(v, datetime) else v for c, v in values.items()}

    def _refuse_if_changed_since(self, version: int, columns: tuple[str, ...]) -> None:
        self._require(0 < version <= self.version, WrongStatus)
        later = self.events.filter(version__gt=version).values_list("data", flat=True)
        changed = {column for data in later for column in data if column in columns}
        if changed:
            raise EditConflict({column: getattr(self, column) for column in sorted(changed)}, self.version)

    def _row_at(self, version: int) -> dict[str, Any]:
        """The row as its events say it was at `version`."""
        return replay(self.events.filter(version__lte=version).prefetch_related("messages"))

    @staticmethod
    def _require(condition: bool, error: type[TicketError] | TicketError) -> None:
        if not condition:
            raise error
