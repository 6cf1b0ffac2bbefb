"""What somebody is to hear: one thing that happened to one ticket, told to one person."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from ..events import NotificationKind, Reason, event_kinds
from .event import TicketEvent

if TYPE_CHECKING:
    from accounts.models import User

READ_KEPT_FOR, KEPT_FOR = timedelta(days=90), timedelta(days=365)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, person: "User") -> Self:
        """One's own, about what one may see today: rights and tickets change after the fact."""
        tickets = apps.get_model("tickets", "Ticket").objects
        # Asked for each of one's own: SQLite would first list every ticket for an IN.
        seen = tickets.visible_to(person).filter(pk=models.OuterRef("ticket"))
        own = self.filter(models.Exists(seen), person=person, in_app=True)
        return own if person.can_see_every_ticket else own.exclude(event__kind__in=event_kinds.internal())

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def due(self, now: datetime) -> Self:
        """Those whose mail is to be sent by now and is not yet, to people whose account is open."""
        return self.filter(mail_due_at__lte=now, mailed_at=None, person__is_active=True)

    def outdated(self, now: datetime) -> Self:
        """Those nobody looks for any more: read three months ago or a year old, and no mail is to come."""
        has_aged = models.Q(read_at__lt=now - READ_KEPT_FOR) | models.Q(created_at__lt=now - KEPT_FOR)
        return self.filter(has_aged).exclude(mail_due_at__isnull=False, mailed_at=None)

    def with_what_happened(self) -> Self:
        """With what a list says of each, without the tickets' descriptions. Two queries."""
        told = self.select_related("ticket__requester", "event__actor").defer("ticket__description")
        return told.prefetch_related("event__messages")

    def numbered_for(self, person: "User") -> Self:
        """With the `number` of each one's event, as this person counts those of its ticket. No query more."""
        if person.can_see_every_ticket:
            return self.annotate(number=models.F("event__version"))
        upto = TicketEvent.objects.visible_to(person).filter(
            ticket=models.OuterRef("ticket"), version__lte=models.OuterRef("event__version")
        )
        counted = upto.order_by().values("ticket").annotate(number=models.Count("pk"))
        return self.annotate(number=models.Subquery(counted.values("number")))

    def mark_read(self) -> int:
        """Note that these were read, those that were not before. Answers how many."""
        return self.unread().update(read_at=timezone.now())


class Notification(models.Model):
    """Holds no words: its sentence is made from the event when it is read.

    in_app: it stands in the bell's list. mail_due_at: None if no mail is wanted, or none any more.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="notifications")
    event = models.ForeignKey("tickets.TicketEvent", models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=NotificationKind)
    reason = models.CharField(max_length=20, choices=Reason)
    created_at = models.DateTimeField()
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            # One for each person and event, however often the task runs.
            models.UniqueConstraint(fields=["person", "event"], name="one_notification_per_event"),
        ]
        indexes = [
            # The bell's list: one's own, newest first
            models.Index(fields=["person", "-id"], name="notification_of_person"),
            # The bell's number, and those of one ticket that its page marks read
            models.Index(
                fields=["person", "ticket"],
                condition=models.Q(read_at=None, in_app=True),
                name="notification_unread",
            ),
            # Live: those read in the last seconds
            models.Index(
                fields=["read_at"], condition=models.Q(read_at__isnull=False), name="notification_read"
            ),
            # Mails that are due, oldest first
            models.Index(
                fields=["mail_due_at"],
                condition=models.Q(mail_due_at__isnull=False, mailed_at=None),
                name="notification_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id} about ticket {self.ticket_id}"
