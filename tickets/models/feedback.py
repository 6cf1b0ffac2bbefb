"""What the requester thought of the result."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from helpdesk.db.folded_field import FoldedField
from helpdesk.text.folding import fold

SCORES = {1: _("Very poor"), 2: _("Poor"), 3: _("Fair"), 4: _("Good"), 5: _("Excellent")}


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def current(self) -> Self:
        """Without those whose ticket was reopened afterwards."""
        return self.filter(superseded_at=None)

    def present(self) -> Self:
        """Without those whose ticket is in the trash."""
        return self.filter(ticket__trashed_at=None)

    def that_count(self) -> Self:
        """Those reports count: current ones of tickets that are there."""
        return self.current().present().filter(ticket__purged_at=None)

    def commented_like(self, text: str) -> Self:
        """Those whose comment holds every word of `text`, in any spelling."""
        ratings = self
        for word in fold(text).split():
            ratings = ratings.filter(folded__contains=word)
        return ratings

    def update(self, **values: Any) -> int:
        # What is taken out of a comment is found no more.
        if "comment" in values:
            values["folded"] = fold(values["comment"])
        return super().update(**values)


class Feedback(models.Model):
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="feedback")
    score = models.PositiveSmallIntegerField(
        choices=SCORES, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.TextField(blank=True)
    folded = FoldedField(of=["comment"])
    # Who is judged: kept here, as the ticket may be reopened and resolved by somebody else.
    resolver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True, help_text=_("When its ticket was reopened."))

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(superseded_at=None), name="one_current_feedback"
            ),
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="feedback_score_1_to_5"),
        ]
        indexes = [
            # Console: latest ratings
            models.Index(fields=["-given_at", "-id"], name="feedback_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.score} of 5 for ticket {self.ticket_id}"
