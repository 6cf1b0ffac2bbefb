"""Why people hear of events, and as what: the terms in which each kind says who hears of it."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationKind(models.TextChoices):
    """What people choose how to hear of. Where an event is several of them to somebody, the first counts."""

    MENTIONED = "mentioned", _("A colleague mentions me in an internal note")
    ASSIGNED = "assigned", _("A ticket is assigned to me, or is mine no more")
    RESOLVED = "resolved", _("A ticket is resolved")
    REPLIED = "replied", _("Somebody replies or asks")
    NEW_TICKET = "new_ticket", _("A ticket nobody has: new, given back, or its requester writes")
    OPENED = "opened", _("A ticket is opened for me")
    RATED = "rated", _("A ticket is rated")
    NOTED = "noted", _("A colleague writes an internal note")
    STATUS = "status", _("Status or assignee change")
    CHANGED = "changed", _("Title, description or request type change")


class Reason(models.TextChoices):
    """Why somebody hears of it. Where several fit, the first counts."""

    REQUESTER = "requester", _("It is your ticket")
    ASSIGNEE = "assignee", _("It is assigned to you")
    FORMER_ASSIGNEE = "former", _("It was assigned to you")
    MENTIONED = "mentioned", _("You were mentioned")
    RESOLVER = "resolver", _("You resolved it")
    WATCHER = "watcher", _("You watch it")
    UNASSIGNED = "unassigned", _("Nobody has it yet")


# Who hears of an event, and as what. Where somebody is several of these, the first NotificationKind counts.
Recipients = Mapping[Reason, NotificationKind]

WORKERS = (Reason.ASSIGNEE, Reason.WATCHER)
EVERYBODY = (Reason.REQUESTER, *WORKERS)


def all_as(kind: NotificationKind, reasons: Iterable[Reason] = EVERYBODY) -> dict[Reason, NotificationKind]:
    """Answer recipients who all hear of it as the same.

    kind: as what.
    reasons: who; by default requester, assignee and watchers.
    """
    return dict.fromkeys(reasons, kind)
