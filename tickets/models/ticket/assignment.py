"""Who works on a ticket."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User

from ...errors import DoesNotWork, NeedsAssignee, NeedsOpen, NotAssignable, WrongStatus, require
from .base import TicketBase
from .change import Change
from .status import Status


def require_assignee(ticket: TicketBase) -> None:
    """Raise NotAssignable for a ticket nobody has."""
    require(
        ticket.assignee_id is not None,
        NeedsAssignee,
    )


def require_assignable(assignee: User | None, *, status: str) -> None:
    """Raise NotAssignable unless a ticket in `status` can be this person's; None: nobody's."""
    if assignee is None:
        require(
            status == Status.OPEN,
            NeedsOpen,
        )
    else:
        require(
            assignee.can_work_tickets,
            DoesNotWork(_("%(assignee)s does not work tickets. Choose an admin.") % {"assignee": assignee}),
        )


def take_along(ticket: TicketBase, change: Change, *, version: int | None = None) -> None:
    """Make who acts the assignee, in the same step as something else.

    change: the one this is a part of; without a person acting nothing is done.
    version: the one the decision was made on; None overwrites what others decided since.
    Raises EditConflict, WrongStatus, NotAssignable.
    """
    if change.by is None or ticket.assignee_id == change.by.pk:
        return
    if version is not None:
        ticket.refuse_if_changed_since(version, ("assignee_id",))
    require(ticket.allows("assign"), WrongStatus)
    require_assignable(change.by, status=ticket.status)
    ticket.assignee = change.by


class Assignment(TicketBase):
    class Meta:
        abstract = True

    def assign(
        self,
        assignee: User | None,
        *,
        by: User | None,
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
        with self.change("assign", by=by, at=at, version=version) as change:
            self._hand_to(assignee, is_past=change.is_past)

    def take(self, *, by: User) -> None:
        """Assign this ticket to oneself. Does nothing if one has it.

        by: who takes it.
        Raises NotAssignable if a colleague was faster, and as `assign` does.
        """
        with self.change("assign", by=by):
            require(
                self.assignee_id in (None, by.pk),
                NotAssignable(
                    _("%(assignee)s has this ticket. Assign it to yourself only if you have agreed on that.")
                    % {"assignee": self.assignee}
                ),
            )
            self._hand_to(by)

    def would_assign(self, assignee: User | None) -> bool:
        """Say whether the ticket would get another assignee. Raises NotAssignable."""
        if self.assignee_id == (assignee and assignee.pk):
            return False
        require_assignable(assignee, status=self.status)
        return True

    def _hand_to(self, assignee: User | None, *, is_past: bool = False) -> None:
        # Whoever had it in the past need not be able to work tickets today.
        if (is_past and assignee is not None) or self.would_assign(assignee):
            self.assignee = assignee
