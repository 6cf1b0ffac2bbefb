"""Changing what a ticket says, by several people at once without losing a word."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ...errors import EditConflict, WrongStatus
from ...events import Kind
from ...text.validators import normalize_newlines
from .base import TicketBase

if TYPE_CHECKING:
    from accounts.models import User

    from ..request_type import RequestType

EDITABLE = ("title", "request_type_id", "description")


class Editing(TicketBase):
    class Meta:
        abstract = True

    @transaction.atomic
    def edit(
        self,
        *,
        by: "User | None",
        title: str | None = None,
        request_type: "RequestType | None" = None,
        description: str | None = None,
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Change title, request type, description; None leaves a field alone. Does nothing if all are
        as they were.

        version: the version the editor had before them. Fields others changed since are kept; None
        overwrites them.
        at: a moment in the past, for imports; None is now.
        Raises EditConflict if both changed the same field, NotAllowed, WrongStatus, InTrash, and
        django's ValidationError for a title or description that cannot be.
        """
        self._begin("edit", by=by, at=at)
        wanted: dict[str, Any] = {
            "title": title,
            "request_type_id": request_type and request_type.pk,
            "description": None if description is None else normalize_newlines(description),
        }
        wanted = {field: value for field, value in wanted.items() if value is not None}
        changes = self._changes_since(version, wanted) if version is not None else wanted
        changes = self._differing(changes)
        if not changes:
            return
        for field, value in changes.items():
            setattr(self, field, value)
        self._clean_words()
        words = {part: changes[part] for part in ("title", "description") if part in changes}
        self._save_and_log(Kind.EDITED, by=by, **words)

    def _check_edit(self, request_type: "RequestType") -> bool:
        return bool(self._differing({"request_type_id": request_type.pk}))

    def _differing(self, wanted: dict[str, Any]) -> dict[str, Any]:
        return {field: value for field, value in wanted.items() if value != getattr(self, field)}

    def _changes_since(self, version: int, wanted: dict[str, Any]) -> dict[str, Any]:
        """Leave only what the editor changed since `version`; raise EditConflict where others did, too."""
        self._require(0 < version <= self.version, WrongStatus)
        base = self._row_at(version)
        mine = {field: value for field, value in wanted.items() if value != base[field]}
        theirs = {
            field: getattr(self, field)
            for field in EDITABLE
            if getattr(self, field) not in (base[field], mine.get(field))
        }
        if mine.keys() & theirs.keys():
            raise EditConflict(
                {field: value for field, value in theirs.items() if field in mine},
                self.version,
                untouched={field: getattr(self, field) for field in wanted if field not in mine},
            )
        return mine
