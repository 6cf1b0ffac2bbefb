"""The requester judges the result."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ...errors import AlreadyRated, NotRateable, TicketError
from ...events import Kind
from ...text.validators import clean_text
from ..feedback import SCORES, Feedback
from .base import TicketBase
from .status import Status

if TYPE_CHECKING:
    from accounts.models import User


class Rating(TicketBase):
    class Meta:
        abstract = True

    def allows(self, verb: str) -> bool:
        """A ticket can be rated once it was resolved, once for each solution."""
        allowed = super().allows(verb)
        return allowed and (verb != "rate" or (self.resolved_at is not None and self.score is None))

    def _refusal(self, verb: str) -> type[TicketError]:
        if verb == "rate" and not self.is_in_trash:
            return AlreadyRated if self.score is not None else NotRateable
        return super()._refusal(verb)

    @transaction.atomic
    def rate(
        self, score: int, *, by: "User | None", comment: str = "", at: datetime | None = None
    ) -> Feedback:
        """Give the requester's rating; a Resolved ticket is closed by it.

        score: 1 (very poor) to 5 (excellent). comment: up to 20,000 characters.
        by: the requester; None for an import. at: a moment in the past, for imports; None is now.
        Raises NotRateable, AlreadyRated, NotAllowed (also for a requester who resolved it), InTrash.
        """
        self._begin("rate", by=by, at=at)
        self._require(score in SCORES, NotRateable("Choose a rating from 1 to 5."))
        comment = clean_text(comment)
        self.score = score
        if self.is_resolved:
            self.status, self.closed_at = Status.CLOSED, self._moment
        feedback = Feedback.objects.create(
            ticket_id=self.pk, score=score, comment=comment, resolver=self.resolved_by, given_at=self._moment
        )
        self._save_and_log(Kind.RATED, by=by, text=comment)
        return feedback
