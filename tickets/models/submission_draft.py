"""A ticket that somebody has begun to write and not sent yet, kept so that no closed window loses it."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..text.validators import TITLE_LENGTH
from .draft import KEPT_FOR, keeping_drafts_of

if TYPE_CHECKING:
    from accounts.models import User

    from .request_type import RequestType


class SubmissionDraftQuerySet(models.QuerySet["SubmissionDraft"]):
    def stale(self, now: datetime | None = None) -> Self:
        """Drafts nobody has touched for a week. now: None for this moment."""
        return self.filter(updated_at__lt=(now or timezone.now()) - KEPT_FOR)

    def of(self, person: "User") -> "SubmissionDraft | None":
        """Answer what this person has begun to write; None if there is nothing. One query."""
        return self.filter(person=person).first()

    def keep(
        self,
        *,
        title: str,
        request_type: "RequestType | None",
        description: str,
        token: uuid.UUID | None,
        by: "User",
    ) -> "SubmissionDraft | None":
        """Keep this in the place of what was there; an empty one forgets it, and None is answered.

        token: of the form it is typed into, which its files wait for; None if it has none.
        """
        if not (title.strip() or description.strip() or request_type):
            self.filter(person=by).delete()
            return None
        words = {"title": title, "request_type": request_type, "description": description}
        now = timezone.now()
        draft, _ = self.update_or_create(person=by, defaults={**words, "token": token, "updated_at": now})
        return draft

    def forget(self, kept: str, *, title: str, description: str, by: "User") -> None:
        """Forget what is sent now. What the same person types in another window stays.

        kept: what the form's page had kept of it last, as `SubmissionDraft.words` has it; "" if it does not know.
        """
        with keeping_drafts_of(by):
            for draft in self.filter(person=by):
                if draft.is_part_of(title, description) or draft.words == kept:
                    draft.delete()


class SubmissionDraft(models.Model):
    """Everybody has one at most: the last they typed, in whatever window."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="submission_draft")
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    request_type = models.ForeignKey("tickets.RequestType", models.SET_NULL, null=True, related_name="+")
    description = models.TextField(blank=True)
    token = models.UUIDField(null=True)
    updated_at = models.DateTimeField()

    objects = SubmissionDraftQuerySet.as_manager()

    class Meta:
        # One's own, always; nobody is given the right to another's.
        default_permissions = ()
        indexes = [
            # The sweep: oldest first
            models.Index(fields=["updated_at"], name="submission_draft_oldest"),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.person_id}"

    @property
    def words(self) -> str:
        """Everything that was typed, in one text, as static/js/submission_draft.js writes it."""
        return "\n".join([self.title, str(self.request_type_id or ""), self.description])

    def is_part_of(self, title: str, description: str) -> bool:
        """Say whether this is how a ticket that was sent begins: typing goes on after the last time it was kept."""
        return title.startswith(self.title.strip()) and description.startswith(self.description.strip())
