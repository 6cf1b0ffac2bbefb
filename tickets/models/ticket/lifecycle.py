"""From status to status. The table of what may follow what is in status.py."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ...errors import NotAssignable, WrongStatus
from ...events import Kind
from ...text.validators import clean_text
from .base import TicketBase
from .status import HoldReason, Status

if TYPE_CHECKING:
    from accounts.models import User

# A status that can be led to -> the verb that leads there alone.
LEADS = {
    Status.IN_PROGRESS: "start",
    Status.ON_HOLD: "hold",
    Status.RESOLVED: "resolve",
    Status.CLOSED: "close",
}


class Lifecycle(TicketBase):
    """Every verb takes `by` (the person acting, None for the system) and `at` (a moment in the past, for
    imports; None is now). Those of people who work tickets take `version`: the one their decision was
    made on, None to overwrite. All raise NotAllowed, WrongStatus, InTrash, and EditConflict where the
    status was changed after `version`.
    """

    class Meta:
        abstract = True

    @transaction.atomic
    def start(self, *, by: "User | None", version: int | None = None, at: datetime | None = None) -> None:
        """Put the ticket In Progress. Raises NotAssignable if it has no assignee."""
        self._begin_status("start", by=by, at=at, version=version)
        self._check_start()
        self._enter(Status.IN_PROGRESS)
        self._save_and_log(Kind.STARTED, by=by)

    @transaction.atomic
    def hold(
        self,
        reason: str,
        *,
        by: "User | None",
        text: str = "",
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Put the ticket On Hold, or change why it is.

        reason: of HoldReason. text: what is asked or awaited, read by the requester too.
        Raises NotAssignable if it has no assignee, WrongStatus if it waits for this already.
        """
        self._begin_status("hold", by=by, at=at, version=version)
        self._check_hold(reason)
        self._enter(Status.ON_HOLD)
        self.hold_reason = reason
        self._save_and_log(Kind.HELD, by=by, text=clean_text(text))

    @transaction.atomic
    def resolve(
        self, *, by: "User | None", text: str = "", version: int | None = None, at: datetime | None = None
    ) -> None:
        """Say that the ticket is solved. text: how, read by the requester too.

        Raises NotAssignable if it has no assignee.
        """
        self._begin_status("resolve", by=by, at=at, version=version)
        self._check_resolve()
        self._enter(Status.RESOLVED)
        self.resolved_by = by
        self._save_and_log(Kind.RESOLVED, by=by, text=clean_text(text))

    @transaction.atomic
    def close(self, *, by: "User | None", version: int | None = None, at: datetime | None = None) -> None:
        """End a resolved ticket without waiting for its rating."""
        self._begin_status("close", by=by, at=at, version=version)
        self._enter(Status.CLOSED)
        self._save_and_log(Kind.CLOSED, by=by)

    @transaction.atomic
    def reopen(
        self, *, by: "User | None", text: str = "", version: int | None = None, at: datetime | None = None
    ) -> None:
        """Go on with a ticket that was not solved after all: In Progress, or Open if nobody has it.

        text: why; needed for a Closed one. A rating given so far moves to the history.
        """
        self._begin_status("reopen", by=by, at=at, version=version)
        text = clean_text(text)
        if at is None:
            self._check_reopen(text)
        self._enter_again()
        self._save_and_log(Kind.REOPENED, by=by, text=text)

    @transaction.atomic
    def withdraw(self, *, by: "User | None", text: str = "", at: datetime | None = None) -> None:
        """Close a ticket its requester needs no more. text: why, if they care to say."""
        self._begin_status("withdraw", by=by, at=at, version=None)
        self._enter(Status.CLOSED)
        self.withdrawn_at = self._moment
        self._save_and_log(Kind.WITHDRAWN, by=by, text=clean_text(text))

    # -- inside ------------------------------------------------------------------------------
    def _begin_status(
        self, verb: str, *, by: "User | None", at: datetime | None, version: int | None
    ) -> None:
        self._begin(verb, by=by, at=at, version=version, touching=("status", "hold_reason"))

    def _check_start(self) -> bool:
        self._require_assignee()
        return True

    def _check_hold(self, reason: str, text: str = "") -> bool:
        self._require_assignee()
        self._require(reason in HoldReason.values, WrongStatus("Choose why the ticket is on hold."))
        self._require(
            self.hold_reason != reason, WrongStatus("This ticket is already on hold for this reason.")
        )
        return True

    def _check_resolve(self, text: str = "") -> bool:
        self._require_assignee()
        return True

    def _check_reopen(self, text: str = "") -> bool:
        if self.is_closed:
            self._require(bool(text.strip()), WrongStatus("Say why this closed ticket is opened again."))
        return True

    def _require_assignee(self) -> None:
        self._require(
            self.assignee_id is not None,
            NotAssignable("Assign the ticket first: somebody has to work on it."),
        )

    def _lead_to(self, status: str, hold_reason: str, *, by: "User | None") -> None:
        """Enter a status as the verb that leads there would. For verbs that do more in the same step."""
        self._require(status in LEADS, WrongStatus("Choose a status from the list."))
        goes_back = status == Status.IN_PROGRESS and not self.is_unsolved
        self._require(self.allows("reopen" if goes_back else LEADS[Status(status)]), WrongStatus)
        self._require_assignee()
        if goes_back:
            self._enter_again()
            return
        self._enter(Status(status))
        if status == Status.ON_HOLD:
            self._require(hold_reason in HoldReason.values, WrongStatus("Choose why the ticket is on hold."))
            self.hold_reason = hold_reason
        elif status == Status.RESOLVED:
            self.resolved_by = by

    def _enter_again(self) -> None:
        """Back to work. The rating moves to the history: the next solution is judged anew."""
        self._enter(Status.IN_PROGRESS if self.assignee_id else Status.OPEN)
        self.score = None
        self.feedback.current().update(superseded_at=self._moment)

    def _enter(self, status: Status) -> None:
        """Change the status, and the columns that only some statuses have."""
        self.status, self.hold_reason = status, ""
        self.closed_at = self._moment if status == Status.CLOSED else None
        if status == Status.RESOLVED:
            self.resolved_at = self._moment
        elif status != Status.CLOSED:
            self.resolved_at = self.resolved_by = self.withdrawn_at = None
