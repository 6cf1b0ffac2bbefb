"""Changing what a ticket says, by several people at once without losing a word."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from accounts.models import User
from helpdesk.text.folding import composed

from ...errors import EditConflict
from ...text.validators import normalize
from .base import TicketBase

if TYPE_CHECKING:
    from ..request_type import RequestType

EDITABLE = ("title", "request_type_id", "description")


def merge(
    wanted: Mapping[str, Any], *, base: Mapping[str, Any], now: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """Answer what of `wanted` its sender changed and what is not so yet. The rest is kept as others left it.

    wanted: name -> value, as it was sent.
    base: the values the sender had before them.
    now: the values the ticket has, of all names that can be changed together.
    version: the ticket's version now.
    Raises EditConflict where others changed the same.
    """
    mine = {name: value for name, value in wanted.items() if value != base[name]}
    theirs = {name: value for name, value in now.items() if value not in (base[name], mine.get(name))}
    if mine.keys() & theirs.keys():
        raise EditConflict(
            {name: value for name, value in theirs.items() if name in mine},
            version,
            untouched={name: now[name] for name in wanted if name not in mine},
        )
    return {name: value for name, value in mine.items() if value != now[name]}


class Editing(TicketBase):
    class Meta:
        abstract = True

    def edit(
        self,
        *,
        by: User | None,
        title: str | None = None,
        request_type: "RequestType | None" = None,
        description: str | None = None,
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Change title, request type, description; None leaves a field alone. Does nothing if all are
        as they were.

        by: the person acting, or None for the system.
        version: the version the editor had before them. Fields others changed since are kept; None
            overwrites them.
        at: a moment in the past, for imports; None is now.
        Raises EditConflict if both changed the same field, NotAllowed, WrongStatus, InTrash, and
        django's ValidationError for a title or description that cannot be.
        """
        # What others changed since is merged, not refused: the version is not for `change`.
        with self.change("edit", by=by, at=at) as change:
            wanted: dict[str, Any] = {
                "title": None if title is None else composed(title),
                "request_type_id": request_type and request_type.pk,
                "description": None if description is None else normalize(description),
            }
            wanted = {field: value for field, value in wanted.items() if value is not None}
            now = {field: getattr(self, field) for field in EDITABLE}
            base = now if version is None else self._row_at(version)
            # What was kept otherwise once, and comes back as it would be kept now, was not changed by its sender.
            for part in {"title", "description"} & wanted.keys():
                if wanted[part] == composed(base[part]):
                    wanted[part] = base[part]
            changes = merge(wanted, base=base, now=now, version=self.version)
            for field, value in changes.items():
                setattr(self, field, value)
            if changes:
                self.clean_words()
            change.words |= {part: changes[part] for part in ("title", "description") if part in changes}

    def would_edit(self, request_type: "RequestType") -> bool:
        """Say whether the ticket would get another request type."""
        return self.request_type_id != request_type.pk
