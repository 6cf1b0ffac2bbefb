"""Several properties of a ticket changed in one step, beside others who do the same."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.models import User

from ...errors import WrongStatus, require
from ...events import EventKind
from .assignment import require_assignable
from .base import TicketBase
from .editing import merge
from .lifecycle import lead_to, verb_of_step
from .status import Status

if TYPE_CHECKING:
    from ..request_type import RequestType

# The verb that changes one property alone; of the status it depends on the step.
SINGLE = {"assignee_id": "assign", "request_type_id": "edit"}


class Properties(TicketBase):
    class Meta:
        abstract = True

    def change_properties(
        self,
        *,
        by: User | None,
        version: int,
        assignee: User | None,
        request_type: "RequestType",
        status: str | None = None,
        hold_reason: str = "",
    ) -> None:
        """Set status, assignee and request type as somebody saw and changed them. Does nothing if all are
        as they were at `version`. What others changed since is kept.

        by: the person acting, or None for the system.
        version: what they had before them.
        assignee: None for nobody.
        status: None where it was not theirs to choose.
        hold_reason: of HoldReason, for On Hold; else it is left out.
        Raises EditConflict if both changed the same property, and what the verbs of the single properties
        raise: NotAllowed, WrongStatus, NotAssignable, InTrash.
        """
        with self.change("change_properties", by=by) as change:
            wanted: dict[str, Any] = {
                "assignee_id": assignee.pk if assignee else None,
                "request_type_id": request_type.pk,
            }
            if status is not None:
                wanted["status"] = (status, hold_reason if status == Status.ON_HOLD else "")
            changes = self._own_changes(version, wanted)
            if "request_type_id" in changes:
                require(self.allows("edit"), WrongStatus)
                self.request_type = request_type
            if "assignee_id" in changes:
                require(self.allows("assign"), WrongStatus)
                # A status left alone is the ticket's own, which others may have changed.
                now = status if status is not None and "status" in changes else self.status
                require_assignable(assignee, status=now)
                self.assignee = assignee
            if status is not None and "status" in changes:
                require(
                    not self.is_closed, WrongStatus(_("Say why this closed ticket is opened again: Reopen."))
                )
                lead_to(self, status, hold_reason, change)
            if len(changes) == 1:
                change.kind = self._kind_of(*changes, was=change.before["status"])

    # -- inside ------------------------------------------------------------------------------
    def _own_changes(self, version: int, wanted: dict[str, Any]) -> dict[str, Any]:
        row = {"hold_reason": "", "assignee_id": None, **self._row_at(version)}
        now = {
            "status": (self.status, self.hold_reason),
            "assignee_id": self.assignee_id,
            "request_type_id": self.request_type_id,
        }
        base = row | {"status": (row["status"], row["hold_reason"])}
        return merge(wanted, base=base, now=now, version=self.version)

    def _kind_of(self, name: str, *, was: str) -> EventKind:
        """Answer what the verb that changes this one property alone would write."""
        return self.VERBS[SINGLE.get(name) or verb_of_step(was, self.status)].kind
