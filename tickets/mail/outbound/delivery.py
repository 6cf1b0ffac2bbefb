"""Turns notifications whose moment has come into mails, and leaves those to the task that delivers them.

Claimed, written and enqueued in one transaction for each person: two workers never write the same one, and
a crash leaves it to be written again.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from helpdesk.mail.delivery import enqueue
from helpdesk.tasks.task import Final, task

from ...events import Reason, event_kinds
from ...models import Notification, NotificationPreference, Ticket, Watch
from ...models.notification import NotificationQuerySet
from ...models.notification_preference import Mail
from ...notifications.schedule import BURST, after_quiet_hours, is_quiet
from .message import message_to

logger = logging.getLogger(__name__)

# Notifications looked at in one run; the rest have the next, seconds later.
MOST = 2000


def send_due_mail() -> int:
    """Write the mails that are due. Answers how many people get some.

    Somebody whose mails meet a fault keeps them for the next run; the others get theirs.
    """
    now, told = timezone.now(), 0
    # Whose account is opened again next year is not to get the mails of today.
    closed = Notification.objects.filter(mail_due_at__lte=now, mailed_at=None, person__is_active=False)
    closed.update(mail_due_at=None)
    due = Notification.objects.due(now).order_by("mail_due_at").values_list("person", flat=True)
    for person in dict.fromkeys(due[:MOST]):
        try:
            told += send_due_mail_to(person, now)
        except Exception:
            logger.exception("The mails due to person %d have to wait.", person)
    return told


@transaction.atomic
def send_due_mail_to(person_id: int, now: datetime) -> bool:
    """Write what is due to one person, and with it what else of the same ticket comes within the burst."""
    claimed = list(
        _complete(Notification.objects.due(now + BURST).filter(person=person_id)).select_for_update(
            skip_locked=True, of=("self",)
        )
    )
    if not claimed:
        # Another worker was faster.
        return False
    person = User.objects.get(pk=person_id)
    preference = NotificationPreference.objects.of(person)
    if is_quiet(now, preference):
        # The workers or the database were away, or these hours are new: it was due before they began.
        waiting = Notification.objects.filter(pk__in=[one.pk for one in claimed if _is_due(one, now)])
        waiting.update(mail_due_at=after_quiet_hours(now, preference).astimezone(UTC))
        return False
    wanted = [one for one in _still_to_tell(person, claimed) if preference.way(one.kind).mail != Mail.NEVER]
    unwanted = {one.pk for one in claimed} - {one.pk for one in wanted}
    Notification.objects.filter(pk__in=unwanted).update(mail_due_at=None)
    messages = [group for group in _grouped(wanted, preference) if any(_is_due(one, now) for one in group)]
    for group in messages:
        Notification.objects.filter(pk__in=[one.pk for one in group]).update(mailed_at=now)
        _send(person, group)
    return bool(messages)


@task(words="Write a mail about tickets")
def write_again(person_id: int, notification_ids: list[int]) -> None:
    """Write a mail that could not be written, once somebody has repaired the cause.

    Raises Final for what no further attempt could change.
    """
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return
    rows = _complete(Notification.objects.filter(person=person, pk__in=notification_ids))
    told = _still_to_tell(person, list(rows))
    if not told:
        return
    try:
        message = message_to(person, told)
    except DatabaseError:
        raise
    except Exception as error:
        raise Final(f"The mail cannot be written: {type(error).__name__}") from error
    enqueue(message)


# -- inside --------------------------------------------------------------------------------------
def _send(person: User, group: list[Notification]) -> None:
    try:
        message = message_to(person, group)
    except DatabaseError:
        raise
    except Exception:
        # The others get theirs; this one fails again as a task, where admins see it.
        logger.exception("A mail to person %d cannot be written.", person.pk)
        write_again.enqueue(person.pk, [one.pk for one in group])
    else:
        enqueue(message)


def _complete(notifications: NotificationQuerySet) -> NotificationQuerySet:
    """With what a message shows of each."""
    related = notifications.select_related("event__actor")
    return related.prefetch_related("event__messages", "event__attachments").order_by("pk")


def _still_to_tell(person: User, notifications: Iterable[Notification]) -> list[Notification]:
    """Those the person may see today and has neither seen nor muted since. What all admins hear of because
    nobody has the ticket, they hear no more of once somebody else has it or it is solved.

    Who has read of it in the bell or on the ticket's page has read its words: no mail, not even of a reply.
    """
    notifications = list(notifications)
    tickets = (
        Ticket.objects.visible_to(person)
        .select_related("requester", "assignee")
        .in_bulk({one.ticket_id for one in notifications})
    )
    muted = set(
        Watch.objects.filter(person=person, ticket__in=tickets, muted=True).values_list("ticket", flat=True)
    )
    told = []
    for one in notifications:
        ticket = tickets.get(one.ticket_id)
        hidden = event_kinds[one.event.kind].is_internal and not person.can_see_every_ticket
        left = one.reason == Reason.WATCHER and one.ticket_id in muted
        if ticket is not None and one.read_at is None and not (hidden or left or _is_settled(one, ticket)):
            one.ticket = ticket
            told.append(one)
    return told


def _is_settled(notification: Notification, ticket: Ticket) -> bool:
    is_others = ticket.assignee_id not in (None, notification.person_id)
    return notification.reason == Reason.UNASSIGNED and (is_others or not ticket.is_unsolved)


def _grouped(
    notifications: list[Notification], preference: NotificationPreference
) -> list[list[Notification]]:
    """What goes into one mail each: all of one ticket, and all that is wanted once a day."""
    groups: dict[int, list[Notification]] = {}
    for one in notifications:
        daily = preference.way(one.kind).mail == Mail.DAILY
        groups.setdefault(0 if daily else one.ticket_id, []).append(one)
    return list(groups.values())


def _is_due(notification: Notification, now: datetime) -> bool:
    return notification.mail_due_at is not None and notification.mail_due_at <= now
