"""Which tickets: what can be asked of many at once."""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models

from accounts.models import User
from accounts.models.managers import NAME

from ...events import event_kinds
from ..after_solving import AfterSolvingPreference
from ..mention import Mention
from ..notification import Notification
from .fields import TicketFields
from .status import UNSOLVED, HoldReason, Status

# Ticket: which names its manager, and cannot be named here.
Row = TypeVar("Row", bound=TicketFields, covariant=True)

# What lists show of a ticket or ask it; of people and request types the name alone. The rest would be read,
# and turned into moments and flags, for nothing in each row.
LIST_FIELDS = (
    "title",
    "request_type__name",
    *(f"requester__{part}" for part in NAME),
    *(f"assignee__{part}" for part in NAME),
    "status",
    "hold_reason",
    "created_at",
    "first_answered_at",
    "unanswered_since",
    "resolved_at",
    "resolved_by",
    "withdrawn_at",
    "trashed_at",
    "purged_at",
    "score",
    "updated_at",
    "publicly_updated_at",
)


# By what no index is for: SQLite would rather read all of a status than those that wait, and sort them.
UNANSWERED = models.Q(unanswered_since__isnull=False) & ~models.Q(
    status__in=[status.value for status in Status if status not in UNSOLVED]
)
# Of these: who asks is told something already, and said something since.
REQUESTER_ANSWERED = UNANSWERED & models.Q(first_answered_at__isnull=False)


def unseen_news_of(person: User) -> models.QuerySet[Notification]:
    """What this person was told of a ticket, the one of the outer query, and has not looked at."""
    told = Notification.objects.filter(ticket=models.OuterRef("pk"), person=person, in_app=True).unread()
    return told if person.can_see_every_ticket else told.exclude(event__kind__in=event_kinds.internal())


class TicketQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """The tickets this person may see: the only place that knows. Two queries for a new user object."""
        if user.can_see_every_ticket:
            return self.filter(purged_at=None)
        if not user.is_active:
            return self.none()
        return self.filter(requester=user).present()

    def present(self) -> Self:
        return self.filter(trashed_at=None)

    def in_trash(self) -> Self:
        return self.exclude(trashed_at=None)

    def overdue_in_trash(self, before: datetime) -> Self:
        """Those moved to the trash before this moment and not purged yet, oldest first."""
        return self.filter(trashed_at__lt=before, purged_at=None).order_by("trashed_at", "pk")

    def requested_by(self, user: User) -> Self:
        return self.filter(requester=user)

    def assigned_to(self, user: User) -> Self:
        return self.filter(assignee=user)

    def mentioning(self, person: User) -> Self:
        """Those with an internal note that mentions this person."""
        return self.filter(pk__in=Mention.objects.filter(person=person).values("event__ticket"))

    def unassigned(self) -> Self:
        return self.filter(assignee=None)

    def unsolved(self) -> Self:
        """Open, In Progress or On Hold."""
        return self.filter(status__in=UNSOLVED)

    def waiting_for_requester(self) -> Self:
        return self.filter(status=Status.ON_HOLD, hold_reason=HoldReason.REQUESTER)

    def with_people(self) -> Self:
        """With what a list shows of each ticket, in one query, and nothing else of it."""
        return self.select_related("requester", "assignee", "request_type").only(*LIST_FIELDS)

    def with_rating(self) -> Self:
        """With the current rating, in the same query: `rating` of those that have one."""
        current = models.FilteredRelation("feedback", condition=models.Q(feedback__superseded_at=None))
        return self.annotate(rating=current).select_related("rating")

    def with_unread_of(self, person: User) -> Self:
        """With has_unread: whether this person was told of something here and has not looked. In the same query."""
        return self.annotate(has_unread=models.Exists(unseen_news_of(person)))

    def with_attention_of(self, person: User) -> Self:
        """With first_unread and is_muted of this person, in the same query.

        first_unread: the version of the oldest event they were told of and have not seen; None without one.
        is_muted: None for who neither watches nor mutes the ticket.
        """
        told = unseen_news_of(person)
        own = models.FilteredRelation("watches", condition=models.Q(watches__person=person))
        return self.annotate(
            own_watch=own,
            is_muted=models.F("own_watch__muted"),
            first_unread=models.Subquery(told.order_by("event__version").values("event__version")[:1]),
        )

    def with_choice_of(self, person: User) -> Self:
        """With after_solving, in the same query: where this person goes on after a ticket; None for no choice."""
        chosen = AfterSolvingPreference.objects.filter(person=person).values("choice")
        return self.annotate(after_solving=models.Subquery(chosen))

    def update(self, **kwargs: object) -> int:
        raise TypeError("Tickets are changed by their verbs, so that their history holds every change.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Tickets are moved to the trash, by their verb.")
