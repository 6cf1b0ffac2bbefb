"""From status to status. What may follow what is in verbs.py."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User

from ...errors import AlreadyOnHold, NeedsReason, WrongStatus, require
from ...text.validators import clean_text
from .assignment import require_assignee, take_along
from .base import TicketBase
from .change import Change
from .fields import TicketFields
from .status import UNSOLVED, HoldReason, Status

# A status that can be led to -> the verb that leads there alone.
LEADS = {
    Status.IN_PROGRESS: "start",
    Status.ON_HOLD: "hold",
    Status.RESOLVED: "resolve",
    Status.CLOSED: "close",
}


def verb_of_step(was: str, now: str) -> str:
    """Name the verb that leads from one status to the other alone."""
    goes_back = was not in UNSOLVED and now in UNSOLVED
    return "reopen" if goes_back else LEADS[Status(now)]


def enter(ticket: TicketFields, status: Status, moment: datetime) -> None:
    """Change the status, and the columns that only some statuses have.

    moment: when, in UTC.
    """
    ticket.status, ticket.hold_reason = status, ""
    ticket.closed_at = moment if status == Status.CLOSED else None
    if status == Status.RESOLVED:
        ticket.resolved_at = moment
    elif status != Status.CLOSED:
        ticket.resolved_at = ticket.resolved_by = ticket.withdrawn_at = None


def enter_again(ticket: TicketFields, moment: datetime) -> None:
    """Go back to work. The rating moves to the history: the next solution is judged anew.

    moment: when, in UTC.
    """
    enter(ticket, Status.IN_PROGRESS if ticket.assignee_id else Status.OPEN, moment)
    ticket.score = None
    ticket.feedback.current().update(superseded_at=moment)


def lead_to(ticket: TicketBase, status: str, hold_reason: str, change: Change) -> None:
    """Enter a status as the verb that leads there would. For verbs that do more in the same step.

    status, hold_reason: as somebody chose them.
    change: the one this is a part of.
    Raises WrongStatus, NotAssignable.
    """
    require(status in LEADS, WrongStatus(_("Choose a status from the list.")))
    goes_back = status == Status.IN_PROGRESS and not ticket.is_unsolved
    require(ticket.allows("reopen" if goes_back else LEADS[Status(status)]), WrongStatus)
    require_assignee(ticket)
    if goes_back:
        enter_again(ticket, change.moment)
        return
    enter(ticket, Status(status), change.moment)
    if status == Status.ON_HOLD:
        require_reason(hold_reason)
        ticket.hold_reason = hold_reason
    elif status == Status.RESOLVED:
        ticket.resolved_by = change.by


def require_reason(hold_reason: str) -> None:
    """Raise WrongStatus for anything but a code of HoldReason."""
    require(hold_reason in HoldReason.values, WrongStatus(_("Choose why the ticket is on hold.")))


class Lifecycle(TicketBase):
    """Every verb takes `by` (the person acting, None for the system) and `at` (a moment in the past, for
    imports; None is now). Those of people who work tickets take `version`: the one their decision was
    made on, None to overwrite. All raise NotAllowed, WrongStatus, InTrash, and EditConflict where the
    status was changed after `version`. Those that need an assignee take `take`: whether a ticket nobody has
    becomes theirs who act.
    """

    class Meta:
        abstract = True

    def start(
        self,
        *,
        by: User | None,
        take: bool = False,
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Put the ticket In Progress. Raises NotAssignable if it has no assignee."""
        with self.change("start", by=by, at=at, version=version) as change:
            self._take_if_free(change, take, version)
            self.would_start()
            enter(self, Status.IN_PROGRESS, change.moment)

    def hold(
        self,
        reason: str,
        *,
        by: User | None,
        text: str = "",
        take: bool = False,
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Put the ticket On Hold, or change why it is.

        reason: of HoldReason.
        text: what is asked or awaited, read by the requester too.
        Raises NotAssignable if it has no assignee, WrongStatus if it waits for this already.
        """
        with self.change("hold", by=by, at=at, version=version) as change:
            self._take_if_free(change, take, version)
            self.would_hold(reason)
            enter(self, Status.ON_HOLD, change.moment)
            self.hold_reason = reason
            change.words["text"] = clean_text(text)

    def resolve(
        self,
        *,
        by: User | None,
        text: str = "",
        take: bool = False,
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Say that the ticket is solved.

        text: how, read by the requester too.
        Raises NotAssignable if it has no assignee.
        """
        with self.change("resolve", by=by, at=at, version=version) as change:
            self._take_if_free(change, take, version)
            self.would_resolve()
            enter(self, Status.RESOLVED, change.moment)
            self.resolved_by = by
            change.words["text"] = clean_text(text)

    def close(self, *, by: User | None, version: int | None = None, at: datetime | None = None) -> None:
        """End a resolved ticket without waiting for its rating."""
        with self.change("close", by=by, at=at, version=version) as change:
            enter(self, Status.CLOSED, change.moment)

    def reopen(
        self, *, by: User | None, text: str = "", version: int | None = None, at: datetime | None = None
    ) -> None:
        """Go on with a ticket that was not solved after all: In Progress, or Open if nobody has it. A
        rating given so far moves to the history.

        text: why; needed for a Closed one.
        """
        with self.change("reopen", by=by, at=at, version=version) as change:
            text = clean_text(text)
            if not change.is_past:
                self.would_reopen(text)
            enter_again(self, change.moment)
            change.words["text"] = text

    def withdraw(self, *, by: User | None, text: str = "", at: datetime | None = None) -> None:
        """Close a ticket its requester needs no more.

        text: why, if they care to say.
        """
        with self.change("withdraw", by=by, at=at) as change:
            enter(self, Status.CLOSED, change.moment)
            self.withdrawn_at = change.moment
            change.words["text"] = clean_text(text)

    def _take_if_free(self, change: Change, take: bool, version: int | None) -> None:
        """Make a ticket nobody has theirs who act, if they said so. Raises EditConflict if somebody was faster."""
        if take:
            if version is not None:
                self.refuse_if_changed_since(version, ("assignee_id",))
            if self.assignee_id is None:
                take_along(self, change)

    # -- what is asked before, by the verbs and by who wants to know what they would do --------
    def would_start(self) -> bool:
        """Say that the ticket would be started. Raises NotAssignable if it has no assignee."""
        require_assignee(self)
        return True

    def would_hold(self, reason: str, text: str = "") -> bool:
        """Say that the ticket would be put On Hold.

        reason, text: as `hold` takes them.
        Raises NotAssignable if it has no assignee, WrongStatus if it waits for this already.
        """
        require_assignee(self)
        require_reason(reason)
        require(self.hold_reason != reason, AlreadyOnHold)
        return True

    def would_resolve(self, text: str = "") -> bool:
        """Say that the ticket would be resolved. Raises NotAssignable if it has no assignee.

        text: as `resolve` takes it.
        """
        require_assignee(self)
        return True

    def would_reopen(self, text: str = "") -> bool:
        """Say that the ticket would be reopened. Raises WrongStatus for a Closed one without a reason.

        text: the reason.
        """
        if self.is_closed:
            require(bool(text.strip()), NeedsReason)
        return True
