"""The five statuses, why a ticket may be on hold, and from where each verb may start."""

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

# The lifecycle. A ticket in the trash allows nothing but being restored.
STARTS_FROM: dict[str, tuple[Status, ...]] = {
    "edit": UNSOLVED,
    "assign": (*UNSOLVED, Status.RESOLVED),
    "start": (Status.OPEN, Status.ON_HOLD),
    "hold": UNSOLVED,
    "resolve": UNSOLVED,
    "close": (Status.RESOLVED,),
    "reopen": (Status.RESOLVED, Status.CLOSED),
    "withdraw": UNSOLVED,
    "rate": (Status.RESOLVED, Status.CLOSED),
    "reply": tuple(Status),
    "note": tuple(Status),
    "trash": tuple(Status),
}
