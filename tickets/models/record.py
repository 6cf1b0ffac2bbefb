"""What every verb of a ticket has in common: lock the row, check, change it, write one event."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils import timezone

from .. import permissions
from ..errors import EditConflict, InTrash, NotAllowed, TicketError, WrongMoment, WrongStatus
from ..events import Kind, replay
from .event import TicketEvent
from .message import Message
from .row import Row
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
    "withdrawn_at",
    "trashed_at",
    "score",
)


class Record(Row):
    """A row that changes only through verbs. `save` and `delete` refuse: they would leave no event."""

    class Meta(Row.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A ticket is changed by its verbs, so that its history holds every change.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A ticket is moved to the trash, by its verb.")

    def allows(self, verb: str) -> bool:
        """Say whether the ticket's state allows `verb`, whoever asks."""
        if verb == "restore":
            return self.is_in_trash
        return not self.is_in_trash and self.status in STARTS_FROM[verb]

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
        self._before = self._logged_values()
        if at is not None:
            self._require(self.updated_at <= at <= timezone.now(), WrongMoment)
        elif by is not None:
            self._require(permissions.RULES[verb](by, self), NotAllowed)
        if version is not None:
            self._refuse_if_changed_since(version, touching)
        self._require(self.allows(verb), self._refusal(verb))
        # A clock set back must not put an event before the one it follows.
        self._moment = at.astimezone(UTC) if at else max(timezone.now(), self.updated_at)

    def _save_and_log(self, kind: Kind, *, by: "User | None", **words: str) -> None:
        """Write the row and its one event. words: message part -> what was written; empty leaves none."""
        self.version += 1
        self.updated_at = self._moment
        super().save()
        after = self._logged_values()
        event = TicketEvent(
            ticket_id=self.pk,
            version=self.version,
            kind=kind,
            actor=by,
            at=self._moment,
            data={c: [self._before.get(c), after[c]] for c in LOGGED if self._before.get(c) != after[c]},
        )
        event.save()
        for part, body in words.items():
            if body:
                Message(event=event, part=part, body=body).save()

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
