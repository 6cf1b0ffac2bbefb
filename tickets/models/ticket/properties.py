"""Several properties of a ticket changed in one step, beside others who do the same."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ...errors import EditConflict, WrongStatus
from ...events import Kind
from .assignment import Assignment
from .conversation import Conversation
from .status import Status

if TYPE_CHECKING:
    from accounts.models import User

    from ..request_type import RequestType

# What the verb that changes one thing alone would write.
SINGLE = {"assignee_id": Kind.ASSIGNED, "request_type_id": Kind.EDITED}
SINGLE_STATUS = {
    Status.IN_PROGRESS: Kind.STARTED,
    Status.ON_HOLD: Kind.HELD,
    Status.RESOLVED: Kind.RESOLVED,
    Status.CLOSED: Kind.CLOSED,
}


class Properties(Conversation, Assignment):
    class Meta:
        abstract = True

    @transaction.atomic
    def change(
        self,
        *,
        by: "User | None",
        version: int,
        status: str,
        hold_reason: str,
        assignee: "User | None",
        request_type: "RequestType",
    ) -> None:
        """Set status, assignee and request type as somebody saw and changed them. Does nothing if all are
        as they were at `version`.

        version: what they had before them. What others changed since is kept; the same property changed
        by both raises EditConflict.
        Also raises what the verbs of the single properties raise: NotAllowed, WrongStatus, NotAssignable.
        """
        self._begin("note", by=by, at=None)
        changes = self._own_changes(
            version,
            {
                "status": (status, hold_reason if status == Status.ON_HOLD else ""),
                "assignee_id": assignee.pk if assignee else None,
                "request_type_id": request_type.pk,
            },
        )
        if not changes:
            return
        if "request_type_id" in changes:
            self._require(self.allows("edit"), WrongStatus)
            self.request_type = request_type
        if "assignee_id" in changes:
            self._require(self.allows("assign"), WrongStatus)
            # A status left alone is the ticket's own, which others may have changed.
            self._check_assignee(assignee, status=status if "status" in changes else self.status)
            self.assignee = assignee
        was = self.status
        if "status" in changes:
            self._require(
                not self.is_closed, WrongStatus("Say why this closed ticket is opened again: Reopen.")
            )
            self._lead_to(status, hold_reason, by=by)
        self._save_and_log(self._kind(changes, was), by=by)

    # -- inside ------------------------------------------------------------------------------
    def _own_changes(self, version: int, wanted: dict[str, Any]) -> dict[str, Any]:
        """Leave what differs from `version`; raise EditConflict where others changed the same since."""
        self._require(0 < version <= self.version, WrongStatus)
        row = {"hold_reason": "", "assignee_id": None, **self._row_at(version)}
        base = {**row, "status": (row["status"], row["hold_reason"])}
        now = {
            "status": (self.status, self.hold_reason),
            "assignee_id": self.assignee_id,
            "request_type_id": self.request_type_id,
        }
        mine = {name: value for name, value in wanted.items() if value != base[name]}
        theirs = {name: value for name, value in now.items() if value not in (base[name], mine.get(name))}
        if both := mine.keys() & theirs.keys():
            untouched: dict[str, object] = {name: now[name] for name in now if name not in mine}
            raise EditConflict({name: theirs[name] for name in both}, self.version, untouched=untouched)
        return {name: value for name, value in mine.items() if value != now[name]}

    def _kind(self, changes: dict[str, Any], was: str) -> Kind:
        if len(changes) > 1:
            return Kind.CHANGED
        (name,) = changes
        if name != "status":
            return SINGLE[name]
        if was in (Status.RESOLVED, Status.CLOSED) and self.is_unsolved:
            return Kind.REOPENED
        return SINGLE_STATUS[Status(self.status)]
