"""Who does very much at once fills nobody's mailbox: it comes in few mails, and none of it is lost."""

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.tests.mailbox import mails_to
from tickets.mail.outbound import delivery
from tickets.mail.outbound.delivery import send_due_mail
from tickets.models import Notification, NotificationPreference, Watch
from tickets.notifications.schedule import BURST, MANY_MAILS, MANY_MAILS_WITHIN
from tickets.tests.factories import TicketFactory
from tickets.tests.mail.workers import write_at_once


@pytest.fixture
def pass_time(clock, work_off):
    """Let workers work for a while, one look after each step."""

    def run(during, step=timedelta(minutes=1)):
        for _ in range(max(1, during // step)):
            work_off()
            clock.shift(min(step, during))
            send_due_mail()
        work_off()

    return run


@pytest.fixture
def write(db, clock, requester, admin, other_admin):
    """Open a ticket as the requester, or as somebody else."""
    return lambda number, person=requester: TicketFactory(requester=person, title=f"Fault {number}.")


def told(messages):
    """The titles that mails tell of, in order."""
    return sorted(title for message in messages for title in set(re.findall(r"Fault \d+\.", message.body)))


def titles(count):
    return sorted(f"Fault {number}." for number in range(count))


def test_thirty_tickets_in_five_minutes_are_two_mails_for_each_admin(write, pass_time, admin, other_admin):
    for number in range(30):
        write(number)
        pass_time(timedelta(seconds=10))
    pass_time(MANY_MAILS_WITHIN + BURST)

    for person in (admin, other_admin):
        messages = mails_to(person.email)
        assert len(messages) == 2
        assert told(messages) == titles(30)
        assert Notification.objects.filter(person=person, in_app=True).count() == 30
    assert not Notification.objects.filter(mail_due_at__isnull=False, mailed_at=None).exists()


def test_a_ticket_a_minute_for_half_an_hour_is_few_mails_and_none_waits_longer_than_it_is_said(
    write, pass_time, admin
):
    late = timedelta(0)
    for number in range(30):
        write(number)
        pass_time(timedelta(minutes=1))
        for one in Notification.objects.filter(person=admin, mailed_at=None):
            late = max(late, timezone.now() - one.created_at)
    pass_time(MANY_MAILS_WITHIN + BURST)

    messages = mails_to(admin.email)
    assert len(messages) == 7
    assert told(messages) == titles(30)
    assert late <= MANY_MAILS_WITHIN + timedelta(minutes=1)


def test_as_many_as_anybody_writes_come_one_by_one(write, pass_time, admin):
    for number in range(MANY_MAILS):
        write(number)
    pass_time(BURST)

    messages = mails_to(admin.email)
    assert len(messages) == MANY_MAILS
    assert all("References" in message.extra_headers for message in messages)


def test_replies_to_one_ticket_are_few_mails_of_its_conversation(ticket, requester, admin, pass_time):
    ticket.take(by=admin)
    pass_time(BURST)
    mail.outbox.clear()
    for number in range(25):
        ticket.reply(f"Fault {number}.", by=requester)
        pass_time(timedelta(minutes=1))
    pass_time(MANY_MAILS_WITHIN + BURST)

    messages = mails_to(admin.email)
    assert len(messages) == MANY_MAILS + 1
    assert told(messages) == titles(25)
    assert len({message.extra_headers["Message-ID"] for message in messages}) == len(messages)
    assert {message.extra_headers["References"] for message in messages} == {
        f"<ticket-{ticket.pk}@127.0.0.1>"
    }


def test_what_others_do_meanwhile_comes_as_ever(write, pass_time, admin, other_requester):
    for number in range(20):
        write(number)
    pass_time(BURST)
    write(20)
    theirs = write(21, other_requester)
    pass_time(BURST)

    busy, other = mails_to(admin.email)
    assert told([busy]) == titles(20)
    assert other.subject == f"[{theirs.reference}] Fault 21."
    assert told([other]) == ["Fault 21."]


def test_one_mail_of_much_says_why_and_how_not_to_hear_of_each_ticket(
    write, pass_time, admin, other_admin, requester
):
    tickets = [write(number) for number in range(7)]
    for one in tickets:
        one.take(by=admin)
        Watch.objects.watch(other_admin, one)
    pass_time(BURST)
    mail.outbox.clear()
    for one in tickets:
        one.reply("Still dark.", by=requester)
    pass_time(MANY_MAILS_WITHIN)

    (message,) = mails_to(other_admin.email)
    html = message.alternatives[0][0]
    assert message.subject == "[Helpdesk] What happened to 7 tickets"
    assert "References" not in message.extra_headers
    assert "List-Unsubscribe" not in message.extra_headers
    assert f"{requester} did all this in a short time, so you get one email about it." in message.body
    assert f"{requester} did all this in a short time" in html
    for one in tickets:
        assert f"Stop watching {one.reference}: http://127.0.0.1:8000/" in message.body
        assert f">Stop watching {one.reference}</a>" in html
    # The one who has them does not watch them.
    (message,) = mails_to(admin.email)
    assert "Stop watching" not in message.body


def test_what_was_read_or_taken_meanwhile_is_left_out(write, pass_time, admin, other_admin):
    tickets = [write(number) for number in range(8)]
    pass_time(timedelta(seconds=10))
    Notification.objects.filter(person=admin, ticket=tickets[0]).mark_read()
    tickets[1].take(by=other_admin)

    pass_time(BURST)

    assert told(mails_to(admin.email)) == titles(8)[2:]


def test_what_waits_for_more_keeps_out_of_quiet_hours(write, pass_time, admin):
    NotificationPreference.objects.create(person=admin, quiet_from=time(12, 10), quiet_until=time(13))
    for number in range(10):
        write(number)
    pass_time(BURST)
    write(10)
    pass_time(timedelta(minutes=57))
    assert len(mails_to(admin.email)) == 1
    pass_time(timedelta(minutes=1))

    messages = mails_to(admin.email)
    assert len(messages) == 2
    assert told(messages) == titles(11)


def test_the_daily_mail_stays_daily(write, pass_time, admin):
    preference = NotificationPreference.objects.of(admin)
    preference.choose("new_ticket", in_app=True, mail="daily")
    preference.digest_hour = 13
    preference.save()
    for number in range(10):
        write(number)

    pass_time(MANY_MAILS_WITHIN + BURST)
    assert mails_to(admin.email) == []
    pass_time(timedelta(hours=1))

    (message,) = mails_to(admin.email)
    assert told([message]) == titles(10)
    assert "You asked to hear of this once a day." in message.body


def test_a_very_long_mail_is_several(write, pass_time, admin, monkeypatch):
    assert delivery.TOLD_AT_MOST >= 30
    monkeypatch.setattr(delivery, "TOLD_AT_MOST", 4)
    for number in range(10):
        write(number)

    pass_time(BURST)

    messages = mails_to(admin.email)
    assert sorted(len(told([message])) for message in messages) == [2, 4, 4]
    assert told(messages) == titles(10)
    assert len({message.extra_headers["Message-ID"] for message in messages}) == 3


def test_mails_of_a_clock_that_was_ahead_do_not_hold_those_of_today(write, pass_time, admin, clock):
    clock.shift(timedelta(days=1))
    for number in range(20):
        write(number)
    pass_time(BURST)
    clock.shift(-timedelta(days=1))
    assert len(mails_to(admin.email)) == 1

    write(20)
    pass_time(BURST)

    assert len(mails_to(admin.email)) == 2


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_tell_a_busy_person_s_doings_once(requester, admin, settings):
    for number in range(MANY_MAILS + 3):
        one = TicketFactory(requester=requester, title=f"Fault {number}.")
        one.reply("Hello.", by=admin)
    Notification.objects.update(mail_due_at=timezone.now())

    write_at_once(settings)

    deliveries = DBTaskResult.objects.filter(task_path="helpdesk.mail.delivery.deliver")
    written = {row.args_kwargs["args"][4][0]: row.args_kwargs["args"][1] for row in deliveries}
    assert len(deliveries) == len(written) == 2
    for text in written.values():
        assert set(re.findall(r"Fault \d+\.", text)) == set(titles(MANY_MAILS + 3))
    assert not Notification.objects.due(timezone.now()).exists()
