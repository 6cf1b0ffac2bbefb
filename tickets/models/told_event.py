"""Which events people were told of: what tells them may run again, and then tells nobody."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from .event import TicketEvent

# Longer than a failed task is kept, which an admin may try again.
KEPT_FOR = timedelta(days=60)


class ToldEventQuerySet(models.QuerySet["ToldEvent"]):
    def claim(self, event: TicketEvent) -> bool:
        """Note that people are told of this event, in the transaction that tells them. False if they were."""
        # Two workers at the same event come one after the other.
        TicketEvent.objects.select_for_update(no_key=True).get(pk=event.pk)
        if self.filter(event=event).exists():
            return False
        self.create(event=event, told_at=timezone.now())
        return True

    def outdated(self, now: datetime) -> Self:
        """Those of events that no task can tell again."""
        return self.filter(told_at__lt=now - KEPT_FOR)


class ToldEvent(models.Model):
    """That nobody was to hear of an event counts as told, too: who begins to watch later hears of what comes later."""

    event = models.OneToOneField(TicketEvent, models.CASCADE, primary_key=True, related_name="+")
    told_at = models.DateTimeField()

    objects = ToldEventQuerySet.as_manager()

    class Meta:
        indexes = [
            # The daily removal: oldest first
            models.Index(fields=["told_at"], name="told_event_oldest"),
        ]

    def __str__(self) -> str:
        return f"Event {self.event_id} was told"
