"""Who works on a ticket."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ...errors import NotAssignable
from ...events import Kind
from .base import TicketBase
from .status import Status

if TYPE_CHECKING:
    from accounts.models import User


class Assignment(TicketBase):
    class Meta:
        abstract = True

    @transaction.atomic
    def assign(
        self,
        assignee: "User | None",
        *,
        by: "User | None",
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Hand this ticket to `assignee`. Does nothing if they already have it.

        assignee: somebody who may work tickets, or None to give an Open ticket back to all.
        by: the admin acting, or None for the system.
        version: the version the decision was made on; None overwrites what others decided since.
        at: a moment in the past, for imports; None is now. People need not be active today then.
        Raises NotAssignable, EditConflict, NotAllowed, WrongStatus, InTrash.
        """
        self._begin("assign", by=by, at=at, version=version, touching=("assignee_id",))
        if not self._check_assign(assignee, is_past=at is not None):
            return
        self.assignee = assignee
        self._save_and_log(Kind.ASSIGNED, by=by)

    @transaction.atomic
    def take(self, *, by: "User") -> None:
        """Assign this ticket to oneself. Does nothing if one has it.

        Raises NotAssignable if a colleague was faster, and as `assign` does.
        """
        self._begin("assign", by=by, at=None)
        self._require(
            self.assignee_id in (None, by.pk),
            NotAssignable(f"{self.assignee} has this ticket. Assign it to yourself if you have agreed so."),
        )
        self.assign(by, by=by)

    def _check_assign(self, assignee: "User | None", *, is_past: bool = False) -> bool:
        if self.assignee_id == (assignee and assignee.pk):
            return False
        if assignee is None or not is_past:
            self._check_assignee(assignee, status=self.status)
        return True

    def _check_assignee(self, assignee: "User | None", *, status: str) -> None:
        """Raise NotAssignable unless a ticket in `status` can be this person's, or nobody's."""
        if assignee is None:
            self._require(
                status == Status.OPEN,
                NotAssignable("Only an Open ticket can be without an assignee. Choose somebody else."),
            )
        else:
            self._require(
                assignee.can_work_tickets,
                NotAssignable(f"{assignee} does not work tickets. Choose an admin."),
            )
