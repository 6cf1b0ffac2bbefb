"""The five statuses, and why a ticket may be on hold. What may follow what is in verbs.py."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("status of a ticket", "Open")
    IN_PROGRESS = "in_progress", _("In Progress")
    ON_HOLD = "on_hold", _("On Hold")
    RESOLVED = "resolved", pgettext_lazy("status of a ticket", "Resolved")
    CLOSED = "closed", pgettext_lazy("status of a ticket", "Closed")


class HoldReason(models.TextChoices):
    REQUESTER = "requester", _("Waiting for requester")
    THIRD_PARTY = "third_party", _("Waiting for third party")
    SCHEDULED = "scheduled", _("Scheduled")

    @property
    def in_sentence(self) -> str:
        """As it is written within a sentence."""
        return str(_IN_SENTENCE[self])

    @property
    def with_status(self) -> "StrOrPromise":
        """The status and its reason: "On Hold: scheduled"."""
        return _WITH_STATUS[self]


_IN_SENTENCE = {
    HoldReason.REQUESTER: pgettext_lazy("within a sentence", "waiting for requester"),
    HoldReason.THIRD_PARTY: pgettext_lazy("within a sentence", "waiting for third party"),
    HoldReason.SCHEDULED: pgettext_lazy("within a sentence", "scheduled"),
}
_WITH_STATUS = {
    HoldReason.REQUESTER: _("On Hold: waiting for requester"),
    HoldReason.THIRD_PARTY: _("On Hold: waiting for third party"),
    HoldReason.SCHEDULED: _("On Hold: scheduled"),
}


UNSOLVED = (Status.OPEN, Status.IN_PROGRESS, Status.ON_HOLD)
