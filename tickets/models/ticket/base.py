"""What every verb of a ticket has in common: one way to change it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, NoReturn

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ...errors import EditConflict, InTrash, NotAllowed, TicketError, WrongMoment, WrongStatus, require
from ...events import EventKind
from ...permissions import Rule
from ..replay import replay
from .change import Change
from .fields import TicketFields
from .status import Status


@dataclass(frozen=True)
class Verb:
    """What has to be so before a verb may begin. The table of all is in verbs.py.

    rule: who may, of permissions.py.
    kind: of the event it writes.
    starts_from: the statuses it may start from.
    touches: the columns it decides on; where others changed one since, EditConflict. Empty: it takes no
        version.
    in_trash: whether it wants the ticket in the trash, or outside; None for either.
    refusal: answers why else the ticket's state does not allow it; None if it does.
    would: given the ticket and what the verb would be given, says whether it would change anything. Raises
        what the verb would raise. None: it always would.
    """

    rule: Rule
    kind: EventKind
    starts_from: tuple[Status, ...] = tuple(Status)
    touches: tuple[str, ...] = ()
    in_trash: bool | None = False
    refusal: Callable[[Any], type[TicketError] | None] | None = None
    would: Callable[..., bool] | None = None


class TicketBase(TicketFields):
    """A row that changes only through verbs. `save` and `delete` refuse: they would leave no event."""

    VERBS: ClassVar[Mapping[str, Verb]]

    class Meta(TicketFields.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A ticket is changed by its verbs, so that its history holds every change.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A ticket is moved to the trash, by its verb.")

    # -- questions ---------------------------------------------------------------------------
    def allows(self, verb: str) -> bool:
        """Say whether the ticket's state allows `verb`, whoever asks."""
        return self._refusal(self.VERBS[verb]) is None

    def verbs_open_to(self, user: User) -> frozenset[str]:
        """Name the verbs this person can use on this ticket now: what pages offer as buttons."""
        return frozenset(
            name for name, verb in self.VERBS.items() if self.allows(name) and verb.rule(user, self)
        )

    def would_change(self, verb: str, *, by: User, **words: Any) -> bool:
        """Say whether `verb` would change this ticket as it is known here. Locks and writes nothing.

        by: who would use it.
        words: what the verb would be given, beside the version.
        Raises what the verb would raise.
        """
        wanted = self.VERBS[verb]
        require(wanted.rule(by, self), NotAllowed)
        self._require_state(wanted)
        return wanted.would is None or wanted.would(self, **words)

    # -- the one way to change ---------------------------------------------------------------
    @contextmanager
    def change(
        self, name: str, *, by: User | None, at: datetime | None = None, version: int | None = None
    ) -> Iterator[Change]:
        """Change this ticket by the verb `name`: one transaction, one event.

        Entering locks the row (on SQLite the IMMEDIATE transaction is the lock), reads it anew, and checks
        that `by` may do this to it now. Leaving writes the row and its event, if there is anything to
        write; an exception leaves everything in the database as it was.

        name: in VERBS.
        by: the person acting, or None for the system.
        at: a moment in the past, by imports only; rights of today are then not asked for. None is now.
        version: the one the decision was made on: refuse if others touched the same since. None overwrites.
        Raises NotAllowed, WrongMoment, EditConflict, InTrash, and WrongStatus or what the verb has for it.
        """
        verb = self.VERBS[name]
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            if at is not None:
                require(self.updated_at <= at <= timezone.now(), WrongMoment)
            elif by is not None:
                # They may have lost the right while they waited for the row.
                by.read_rights_anew()
                require(verb.rule(by, self), NotAllowed)
            if version is not None:
                self.refuse_if_changed_since(version, verb.touches)
            self._require_state(verb)
            # A clock set back must not put an event before the one it follows.
            moment = at.astimezone(UTC) if at else max(timezone.now(), self.updated_at)
            change = Change(self, verb.kind, by, moment, is_past=at is not None)
            yield change
            if not change.is_empty:
                change.write()

    # -- for the abilities -------------------------------------------------------------------
    def refuse_if_changed_since(self, version: int, columns: tuple[str, ...]) -> None:
        """Raise EditConflict if others changed one of these columns after `version`."""
        require(0 < version <= self.version, WrongStatus)
        later = self.events.filter(version__gt=version).values_list("data", flat=True)
        changed = {column for data in later for column in data if column in columns}
        if changed:
            raise EditConflict({column: getattr(self, column) for column in sorted(changed)}, self.version)

    def _refusal(self, verb: Verb) -> type[TicketError] | None:
        """Answer why the ticket's state does not allow this; None if it does."""
        if self.purged_at is not None or verb.in_trash not in (None, self.is_in_trash):
            return InTrash if self.is_in_trash else WrongStatus
        if verb.refusal is not None and (refusal := verb.refusal(self)):
            return refusal
        return None if self.status in verb.starts_from else WrongStatus

    def _require_state(self, verb: Verb) -> None:
        if refusal := self._refusal(verb):
            raise refusal

    def _row_at(self, version: int) -> dict[str, Any]:
        """The row as its events say it was at `version`."""
        require(0 < version <= self.version, WrongStatus)
        return replay(self.events.filter(version__lte=version).prefetch_related("messages"))
