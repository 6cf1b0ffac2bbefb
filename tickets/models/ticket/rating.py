"""The requester judges the result."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User

from ...errors import AlreadyRated, NotRateable, TicketError, require
from ...text.validators import clean_text
from ..feedback import SCORES, Feedback
from .base import TicketBase
from .lifecycle import enter
from .status import Status


class Rating(TicketBase):
    class Meta:
        abstract = True

    def rate(self, score: int, *, by: User | None, comment: str = "", at: datetime | None = None) -> Feedback:
        """Give the requester's rating; a Resolved ticket is closed by it.

        score: 1 (very poor) to 5 (excellent).
        by: the requester; None for an import.
        comment: up to 20,000 characters.
        at: a moment in the past, for imports; None is now.
        Raises NotRateable, AlreadyRated, NotAllowed (also for a requester who resolved it), InTrash.
        """
        with self.change("rate", by=by, at=at) as change:
            require(score in SCORES, NotRateable(_("Choose a rating from 1 to 5.")))
            self.score, comment = score, clean_text(comment)
            if self.is_resolved:
                enter(self, Status.CLOSED, change.moment)
            feedback = Feedback.objects.create(
                ticket_id=self.pk,
                score=score,
                comment=comment,
                resolver=self.resolved_by,
                given_at=change.moment,
            )
            change.words["text"] = comment
        return feedback

    def rating_refusal(self) -> type[TicketError] | None:
        """Answer why the ticket cannot be rated now: once it was resolved it can, once for each solution."""
        if self.score is not None:
            return AlreadyRated
        # A withdrawn ticket is Closed and was never resolved.
        return NotRateable if self.resolved_at is None else None
