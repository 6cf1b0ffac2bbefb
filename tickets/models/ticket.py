"""A request for help, from its submission to the rating of the result."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User

from .assignment import Assignment
from .editing import Editing
from .feedback import SCORES
from .lifecycle import Lifecycle
from .rating import Rating
from .status import UNSOLVED, HoldReason, Status
from .submission import Submission
from .trash import Trash
from .words import DESCRIPTION_VALIDATORS, TITLE_LENGTH, TITLE_VALIDATORS


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, user: User) -> Self:
        """The tickets this person may see: the only place that knows. Two queries for a new user object."""
        if user.can_see_every_ticket:
            return self
        if not user.is_active:
            return self.none()
        return self.filter(requester=user).present()

    def present(self) -> Self:
        return self.filter(trashed_at=None)

    def in_trash(self) -> Self:
        return self.exclude(trashed_at=None)

    def requested_by(self, user: User) -> Self:
        return self.filter(requester=user)

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)

    def unassigned(self) -> Self:
        return self.filter(assignee=None)

    def unsolved(self) -> Self:
        """Open, In Progress or On Hold."""
        return self.filter(status__in=UNSOLVED)

    def with_people(self) -> Self:
        """With what a list shows of each ticket, in one query, and without its description."""
        return self.select_related("requester", "assignee", "request_type").defer("description")

    def update(self, **kwargs: object) -> int:
        raise TypeError("Tickets are changed by their verbs, so that their history holds every change.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Tickets are moved to the trash, by their verb.")


class Ticket(Submission, Editing, Assignment, Lifecycle, Rating, Trash):
    # The ticket's number. Never used twice: SQLite's AUTOINCREMENT and PostgreSQL's sequences only go up.
    id = models.BigAutoField("number", primary_key=True)
    title = models.CharField(max_length=TITLE_LENGTH, validators=TITLE_VALIDATORS)
    description = models.TextField(validators=DESCRIPTION_VALIDATORS)
    request_type = models.ForeignKey("tickets.RequestType", models.PROTECT, related_name="tickets")
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="requested_tickets")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assigned_tickets"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    hold_reason = models.CharField(max_length=20, choices=HoldReason, blank=True)
    created_at = models.DateTimeField("opened at")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(
        "rating", null=True, blank=True, choices=SCORES, help_text="Of the current solution; 1 to 5."
    )
    submission_key = models.CharField(  # noqa: DJ001, unique where it is set
        max_length=120,
        null=True,
        unique=True,
        help_text="What made this ticket (a form, a row of an import); the same key never makes a second one.",
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=Status.OPEN)
                | models.Q(assignee__isnull=False)
                | models.Q(withdrawn_at__isnull=False),
                name="worked_ticket_has_assignee",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.ON_HOLD) ^ models.Q(hold_reason=""),
                name="hold_reason_only_on_hold",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="ticket_has_title"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__range=(1, 5)), name="ticket_score_1_to_5"
            ),
        ]
        indexes = [
            # Portal: one's own tickets, newest update first; and their counts per status
            models.Index(fields=["requester", "-updated_at", "-id"], name="ticket_of_requester"),
            models.Index(fields=["requester", "status"], name="ticket_of_requester_status"),
            # Console: all tickets, newest update first, also of one status, assignee or type
            models.Index(fields=["-updated_at", "-id"], name="ticket_newest"),
            models.Index(fields=["status", "-updated_at", "-id"], name="ticket_of_status"),
            models.Index(fields=["assignee", "status", "-updated_at", "-id"], name="ticket_of_assignee"),
            models.Index(fields=["request_type", "-updated_at", "-id"], name="ticket_of_type"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("ticket", args=[self.pk])

    # -- questions ---------------------------------------------------------------------------
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
    def waits_for_requester(self) -> bool:
        return self.status == Status.ON_HOLD and self.hold_reason == HoldReason.REQUESTER
