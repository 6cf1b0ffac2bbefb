"""A ticket's columns, and the questions they answer by themselves."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ...text.validators import DESCRIPTION_VALIDATORS, TITLE_LENGTH, TITLE_VALIDATORS
from ..feedback import SCORES
from .status import UNSOLVED, HoldReason, Status

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from ..draft import Draft
    from ..event import TicketEvent
    from ..feedback import FeedbackQuerySet
    from ..notification import Notification
    from ..watch import Watch


# Columns whose every change stands in the data of its event. Title and description go to messages.
LOGGED = (
    "status",
    "hold_reason",
    "requester_id",
    "assignee_id",
    "request_type_id",
    "created_at",
    "resolved_at",
    "resolved_by_id",
    "closed_at",
    "first_answered_at",
    "unanswered_since",
    "withdrawn_at",
    "trashed_at",
    "purged_at",
    "score",
)


class TicketFields(models.Model):
    if TYPE_CHECKING:
        drafts: RelatedManager[Draft]
        events: RelatedManager[TicketEvent]
        feedback: FeedbackQuerySet
        notifications: RelatedManager[Notification]
        watches: RelatedManager[Watch]
        # What TicketQuerySet.with_attention_of adds; not there otherwise.
        is_muted: bool | None
        first_unread: int | None
        # What the console's page of a ticket adds.
        after_solving: str | None

    # The ticket's number. Never used twice: SQLite's AUTOINCREMENT and PostgreSQL's sequences only go up.
    id = models.BigAutoField(_("number"), primary_key=True)
    title = models.CharField(max_length=TITLE_LENGTH, validators=TITLE_VALIDATORS)
    description = models.TextField(validators=DESCRIPTION_VALIDATORS)
    request_type = models.ForeignKey("tickets.RequestType", models.PROTECT, related_name="tickets")
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="requested_tickets")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned_tickets"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    hold_reason = models.CharField(max_length=20, choices=HoldReason, blank=True)
    created_at = models.DateTimeField(_("opened at"))
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When somebody else first wrote to the requester, or resolved it.")
    )
    unanswered_since = models.DateTimeField(
        _("waiting for an answer since"),
        null=True,
        blank=True,
        help_text=_("When the requester wrote what nobody has answered yet: the oldest of it."),
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its words and files were removed for good.")
    )
    score = models.PositiveSmallIntegerField(
        _("rating"), null=True, blank=True, choices=SCORES, help_text=_("Of the current solution; 1 to 5.")
    )
    submission_key = models.CharField(  # noqa: DJ001, unique where it is set
        max_length=120,
        null=True,
        unique=True,
        help_text=_(
            "What made this ticket (a form, a row of an import); the same key never makes a second one."
        ),
    )
    # How many events it has had.
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(editable=False)
    publicly_updated_at = models.DateTimeField(
        _("last public change"),
        editable=False,
        help_text=_("Of its newest event that is not internal: what the requester is told."),
    )
    # The hash of its newest event: without it nobody would miss that one.
    log_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("ticket", args=[self.pk])

    @property
    def reference(self) -> str:
        """The number as people write it: HD-41."""
        return f"HD-{self.pk}"

    @property
    def is_unsolved(self) -> bool:
        return self.status in UNSOLVED

    @property
    def is_resolved(self) -> bool:
        return self.status == Status.RESOLVED

    @property
    def is_closed(self) -> bool:
        return self.status == Status.CLOSED

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_in_trash(self) -> bool:
        return self.trashed_at is not None

    @property
    def can_be_taken(self) -> bool:
        """Say whether it has nobody and is to be worked on."""
        return self.assignee_id is None and self.is_unsolved and not self.is_in_trash

    @property
    def waits_for_requester(self) -> bool:
        return self.status == Status.ON_HOLD and self.hold_reason == HoldReason.REQUESTER

    @property
    def requester_has_answered(self) -> bool:
        """Say whether its requester wrote after an answer, and waits for the next one."""
        return self.unanswered_since is not None and self.first_answered_at is not None and self.is_unsolved

    def logged_values(self) -> dict[str, Any]:
        """Answer the columns of LOGGED as events hold them: ids, codes, moments in ISO 8601."""
        values = {column: getattr(self, column) for column in LOGGED}
        return {c: v.isoformat() if isinstance(v, datetime) else v for c, v in values.items()}

    def clean_words(self) -> None:
        """Raise django's ValidationError for a title or description that cannot be."""
        fields = {field.name for field in self._meta.fields}
        self.clean_fields(exclude=fields - {"title", "description"})
