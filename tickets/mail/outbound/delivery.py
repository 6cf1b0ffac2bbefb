"""Turns notifications whose moment has come into mails, and leaves those to the task that delivers them.

Written first, which takes as long as the words are many, and outside of any transaction: on SQLite nobody else
could write meanwhile. Then claimed and enqueued in one short transaction for each person: two workers never
send the same one, and a crash leaves it to be written again.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.mail.delivery import enqueue
from helpdesk.tasks.task import Final, task

from ...events import Reason, event_kinds
from ...models import Notification, NotificationPreference, Ticket, Watch
from ...models.notification import NotificationQuerySet
from ...models.notification_preference import Mail
from ...notifications.schedule import BURST, MANY_MAILS, MANY_MAILS_WITHIN, after_quiet_hours, is_quiet
from .message import message_to

logger = logging.getLogger(__name__)

# Notifications looked at in one run; the rest have the next, seconds later.
MOST = 2000
# Of what one person heard last, as far back as is looked for mails about the same colleague or requester.
LOOKED_BACK = 500
# What one mail tells of a busy person; what is beyond comes in another.
TOLD_AT_MOST = 50


def send_due_mail() -> int:
    """Write the mails that are due. Answers how many people get some.

    Somebody whose mails meet a fault keeps them for the next run; the others get theirs.
    """
    now, told = timezone.now(), 0
    # Whose account is opened again next year is not to get the mails of today.
    closed = Notification.objects.filter(mail_due_at__lte=now, mailed_at=None, person__is_active=False)
    closed.update(mail_due_at=None)
    # Told by a clock that was ahead: due now, not when it will be that late.
    ahead = Notification.objects.filter(mail_due_at__gt=now, mailed_at=None, created_at__gt=now + BURST)
    ahead.update(mail_due_at=now)
    due = Notification.objects.due(now).order_by("mail_due_at").values_list("person", flat=True)
    for person in dict.fromkeys(due[:MOST]):
        try:
            told += send_due_mail_to(person, now)
        except Exception:
            logger.exception("The mails due to person %d have to wait.", person)
    return told


def send_due_mail_to(person_id: int, now: datetime) -> bool:
    """Write what is due to one person, and with it what else waits of the same ticket or by the same busy hand.

    What changes between the writing and the claim is written anew by the next run, seconds later.
    """
    person = User.objects.get(pk=person_id)
    preference = NotificationPreference.objects.of(person)
    if is_quiet(now, preference):
        # The workers or the database were away, or these hours are new: it was due before they began.
        late = Notification.objects.due(now).filter(person=person)
        late.update(mail_due_at=after_quiet_hours(now, preference).astimezone(UTC))
        return False
    waiting = Notification.objects.due(now + MANY_MAILS_WITHIN).filter(person=person)
    wanted, _unwanted = _sorted_out(person, preference, _complete(waiting))
    mailed = _mailed_lately(person, preference)
    written = {
        _fingerprint(person, group): _written(person, group)
        for group in _planned(wanted, preference, mailed, now).due
    }
    return _claim(person_id, waiting, mailed, written, now)


@task(words=_("Write a mail about tickets"))
def write_again(person_id: int, notification_ids: list[int]) -> None:
    """Write a mail that could not be written, once somebody has repaired the cause. Does nothing the second
    time: what is written has no moment any more at which it is due.

    Raises Final for what no further attempt could change.
    """
    person = User.objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        return
    unwritten = Notification.objects.filter(person=person, pk__in=notification_ids).exclude(mail_due_at=None)
    told = _still_to_tell(person, _complete(unwritten))
    if not told:
        return
    try:
        message = message_to(person, told)
    except DatabaseError:
        raise
    except Exception as error:
        raise Final(
            gettext("The mail cannot be written: %(error)s") % {"error": type(error).__name__}
        ) from error
    with transaction.atomic():
        if unwritten.update(mail_due_at=None):
            enqueue(message)


# -- inside --------------------------------------------------------------------------------------
# A mail as it was written: who gets it and of what it tells, as it was then -> the message, or None where it cannot
# be written.
Fingerprint = tuple[str, tuple[tuple[int, int], ...]]
Written = dict[Fingerprint, EmailMultiAlternatives | None]


class Mailed(NamedTuple):
    """What was told in a mail of its own, or in one with others of the same moment."""

    actor: int | None
    ticket: int
    created_at: datetime
    mailed_at: datetime


class Plan(NamedTuple):
    """due: what goes into one mail each, now. held: until when -> what waits for more of the same person's."""

    due: list[list[Notification]]
    held: dict[datetime, list[Notification]]


@transaction.atomic
def _claim(
    person_id: int, waiting: NotificationQuerySet, mailed: list[Mailed], written: Written, now: datetime
) -> bool:
    """Enqueue those of the written mails that are still to be sent just so. False if there is none."""
    locked = waiting.select_related("event").order_by("pk").select_for_update(skip_locked=True, of=("self",))
    person = User.objects.get(pk=person_id)
    preference = NotificationPreference.objects.of(person)
    wanted, unwanted = _sorted_out(person, preference, list(locked))
    Notification.objects.filter(pk__in=unwanted).update(mail_due_at=None)
    due, held = _planned(wanted, preference, mailed, now)
    for until, group in held.items():
        Notification.objects.filter(pk__in=[one.pk for one in group]).update(mail_due_at=until)
    claimed = [(group, written[name]) for group in due if (name := _fingerprint(person, group)) in written]
    for group, message in claimed:
        keys = [one.pk for one in group]
        Notification.objects.filter(pk__in=keys).update(mailed_at=now)
        if message is None:
            # The others get theirs; this one fails again as a task, where admins see it.
            write_again.enqueue(person_id, keys)
        else:
            enqueue(message)
    return bool(claimed)


def _fingerprint(person: User, group: list[Notification]) -> Fingerprint:
    """Name a mail by all that its words depend on; a ticket has another version after every change."""
    return person.email, tuple((one.pk, one.ticket.version) for one in group)


def _written(person: User, group: list[Notification]) -> EmailMultiAlternatives | None:
    try:
        return message_to(person, group)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("A mail to person %d cannot be written.", person.pk)
        return None


def _sorted_out(
    person: User, preference: NotificationPreference, notifications: Iterable[Notification]
) -> tuple[list[Notification], set[int]]:
    """Answer those the person is to get mail of, and the keys of the others."""
    notifications = list(notifications)
    told = _still_to_tell(person, notifications)
    wanted = [one for one in told if preference.way(one.kind).mail != Mail.NEVER]
    return wanted, {one.pk for one in notifications} - {one.pk for one in wanted}


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


def _mailed_lately(person: User, preference: NotificationPreference) -> list[Mailed]:
    """Answer of what the person got mails at once. One query, bounded by LOOKED_BACK."""
    last = Notification.objects.filter(person=person).order_by("-pk")
    rows = last.values_list("kind", "event__actor", "ticket", "created_at", "mailed_at")[:LOOKED_BACK]
    return [
        Mailed(actor, ticket, created_at, mailed_at)
        for kind, actor, ticket, created_at, mailed_at in rows
        if mailed_at is not None and preference.way(kind).mail == Mail.AT_ONCE
    ]


def _planned(
    notifications: list[Notification],
    preference: NotificationPreference,
    mailed: list[Mailed],
    now: datetime,
) -> Plan:
    """Say what goes into one mail each: all that is wanted once a day, all of one ticket, and all that somebody
    did who does so much that it would be more than MANY_MAILS within MANY_MAILS_WITHIN.

    The first such mail comes when one about a ticket would, the next once what it tells is as old as
    MANY_MAILS_WITHIN.
    """
    daily: list[Notification] = []
    by_ticket: dict[int, list[Notification]] = {}
    by_actor: dict[int | None, list[Notification]] = {}
    for one in notifications:
        if preference.way(one.kind).mail == Mail.DAILY:
            daily.append(one)
        else:
            by_actor.setdefault(one.event.actor_id, []).append(one)
    plan = Plan([], {})
    for actor, group in by_actor.items():
        first = min(one.created_at for one in group)
        before = {
            (one.ticket, one.mailed_at)
            for one in mailed
            if one.actor == actor and first - MANY_MAILS_WITHIN < one.created_at <= now
        }
        if len(before) + len({one.ticket_id for one in group}) <= MANY_MAILS:
            for one in group:
                by_ticket.setdefault(one.ticket_id, []).append(one)
        elif not _is_due(group, now):
            continue
        elif before and first + MANY_MAILS_WITHIN > now:
            plan.held.setdefault(first + MANY_MAILS_WITHIN, []).extend(group)
        else:
            group.sort(key=lambda one: (one.ticket_id, one.pk))
            plan.due.extend(
                group[start : start + TOLD_AT_MOST] for start in range(0, len(group), TOLD_AT_MOST)
            )
    plan.due.extend(group for group in (daily, *by_ticket.values()) if _is_due(group, now))
    return plan


def _is_due(group: list[Notification], now: datetime) -> bool:
    return any(one.mail_due_at is not None and one.mail_due_at <= now for one in group)
