"""The five statuses, and why a ticket may be on hold. What may follow what is in verbs.py."""

from django.db import models


class Status(models.TextChoices):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In Progress"
    ON_HOLD = "on_hold", "On Hold"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"


class HoldReason(models.TextChoices):
    REQUESTER = "requester", "Waiting for requester"
    THIRD_PARTY = "third_party", "Waiting for third party"
    SCHEDULED = "scheduled", "Scheduled"


UNSOLVED = (Status.OPEN, Status.IN_PROGRESS, Status.ON_HOLD)
