"""A request for help, from its submission to the rating of the result."""

from django.db import models

from accounts.models import User
from accounts.models.managers import UserQuerySet

from ...events import event_kinds
from .assignment import Assignment
from .conversation import Conversation
from .editing import Editing
from .event_numbers import EventNumbers
from .lifecycle import Lifecycle
from .properties import Properties
from .queryset import TicketQuerySet
from .rating import Rating
from .redaction import Redaction
from .status import Status
from .submission import Submission
from .trash import Trash
from .verbs import VERBS


class Ticket(
    Submission,
    Editing,
    Assignment,
    Lifecycle,
    Conversation,
    Properties,
    Rating,
    Trash,
    Redaction,
    EventNumbers,
):
    VERBS = VERBS

    objects = TicketQuerySet.as_manager()

    def filter_viewers(self, people: UserQuerySet, *, kind: str = "") -> UserQuerySet:
        """Those of `people` who may see this ticket: visible_to from the other side, for many at once.

        kind: of an event; those who may also see that.
        """
        if self.purged_at is not None:
            return people.none()
        seers = User.objects.who_can_see_every_ticket().values("pk")
        if self.is_in_trash or (kind and event_kinds[kind].is_internal):
            return people.filter(pk__in=seers)
        return people.active().filter(models.Q(pk__in=seers) | models.Q(pk=self.requester_id))

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
            # Portal: one's own tickets, newest public change first; and their counts per status
            models.Index(fields=["requester", "-publicly_updated_at", "-id"], name="ticket_of_requester"),
            models.Index(fields=["requester", "status"], name="ticket_of_requester_status"),
            # Console: all tickets, newest update first, also of one status, assignee or type
            models.Index(fields=["-updated_at", "-id"], name="ticket_newest"),
            models.Index(fields=["status", "-updated_at", "-id"], name="ticket_of_status"),
            models.Index(fields=["assignee", "status", "-updated_at", "-id"], name="ticket_of_assignee"),
            models.Index(fields=["request_type", "-updated_at", "-id"], name="ticket_of_type"),
            # Dashboard: opened or resolved in the last weeks
            models.Index(fields=["created_at"], name="ticket_opened"),
            models.Index(fields=["resolved_at"], name="ticket_resolved"),
            # Console: whose requester waits for an answer, longest first; few of all
            models.Index(
                fields=["unanswered_since", "id"],
                condition=models.Q(unanswered_since__isnull=False),
                name="ticket_unanswered",
            ),
            # Console: the trash
            models.Index(
                fields=["-updated_at", "-id"],
                condition=models.Q(trashed_at__isnull=False),
                name="ticket_in_trash",
            ),
        ]
