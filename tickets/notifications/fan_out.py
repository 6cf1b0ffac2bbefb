"""Turns an event of the log into rows to tell it: one for each person who is to hear of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.tasks.task import task

from ..events import event_kinds
from ..models import Notification, NotificationPreference, TicketEvent, ToldEvent
from .recipients import recipients_of
from .schedule import mail_due_at


def enqueue_fan_out(event: TicketEvent) -> None:
    """Have the people found who are to hear of an event, if its kind is for anybody. Subscribed to all events.

    event: as written, in the transaction that writes it; the task is a row of the same transaction.
    """
    kind = event_kinds[event.kind]
    if kind.recipients or kind.is_told_by_changes:
        fan_out.enqueue(event.pk)


@task(words=_("Tell people of an event"))
@transaction.atomic
def fan_out(event_id: int) -> None:
    """Write down who is to hear of this event, and how, in one transaction. Does nothing the second time,
    whatever people have chosen in between.

    About twelve queries, whatever the number of people.

    event_id: of an event written before; one that is gone is told to nobody.
    """
    event = TicketEvent.objects.select_related("ticket").filter(pk=event_id).first()
    if event is None or not ToldEvent.objects.claim(event):
        return
    heard, now = recipients_of(event), timezone.now()
    rows = []
    for person, preference in NotificationPreference.objects.of_all(heard).items():
        kind, reason = heard[person]
        way = preference.way(kind)
        due = mail_due_at(way.mail, preference, now)
        if way.in_app or due:
            rows.append(
                Notification(
                    person_id=person,
                    ticket_id=event.ticket_id,
                    event=event,
                    kind=kind,
                    reason=reason,
                    created_at=now,
                    in_app=way.in_app,
                    mail_due_at=due,
                )
            )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def reschedule_mail(preference: NotificationPreference) -> None:
    """Let mails that were not sent yet go when this person now wants them, or not at all. Two queries.

    preference: the person's, as it is from now on.
    """
    now = timezone.now()
    waiting = Notification.objects.filter(person=preference.person_id, mailed_at=None)
    rows = list(waiting.exclude(mail_due_at=None))
    for row in rows:
        row.mail_due_at = mail_due_at(preference.way(row.kind).mail, preference, now)
    Notification.objects.bulk_update(rows, ["mail_due_at"], batch_size=500)
