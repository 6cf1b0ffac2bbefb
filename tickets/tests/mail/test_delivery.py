"""Which mails are written, when, and for whom not."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.template import TemplateSyntaxError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.tests.mailbox import mails_to
from tickets.mail.outbound import delivery, message
from tickets.mail.outbound.delivery import send_due_mail
from tickets.models import Notification, NotificationPreference, Watch
from tickets.tests.factories import TicketFactory
from tickets.tests.mail.workers import write_at_once

BURST = timedelta(minutes=2)


@pytest.fixture
def taken(db, clock, ticket, admin, post):
    ticket.take(by=admin)
    post()
    mail.outbox.clear()
    return ticket


def choose(person, kinds, **columns):
    preference = NotificationPreference.objects.of(person)
    for kind in ("replied", "resolved", "status"):
        preference.choose(kind, in_app=True, mail=kinds)
    for name, value in columns.items():
        setattr(preference, name, value)
    preference.save()


def test_nothing_is_written_before_its_moment_and_nothing_twice(taken, admin, requester, post):
    taken.reply("Hello.", by=admin)

    post(after=119)
    assert mails_to(requester.email) == []
    post(after=1)
    post(after=600)
    assert len(mails_to(requester.email)) == 1
    assert Notification.objects.get(person=requester, kind="replied").mailed_at is not None


def test_the_same_moment_seen_by_two_runs_is_one_mail(taken, admin, requester, post, clock, work_off):
    taken.reply("Hello.", by=admin)
    work_off()
    clock.shift(BURST)

    assert [send_due_mail(), send_due_mail()] == [1, 0]


def test_two_tickets_are_two_mails(taken, admin, requester, post):
    other = TicketFactory(requester=requester, title="No sound")
    for one in (taken, other):
        one.reply("Hello.", by=admin)

    post()

    subjects = {message.subject for message in mails_to(requester.email)}
    assert subjects == {f"[{one.reference}] {one.title}" for one in (taken, other)}


def test_the_daily_mail_tells_of_all_tickets_at_its_hour(taken, admin, requester, post, clock):
    choose(requester, "daily", digest_hour=8)
    other = TicketFactory(requester=requester, title="No sound")
    for one in (taken, other):
        one.reply(f"About {one.title}.", by=admin)

    post(after=timedelta(hours=19))
    assert mails_to(requester.email) == []
    post(after=timedelta(hours=1))

    (message,) = mails_to(requester.email)
    assert message.subject == "[Helpdesk] What happened to 2 tickets"
    assert f"About {taken.title}." in message.body
    assert "About No sound." in message.body
    assert "References" not in message.extra_headers


def test_a_daily_mail_of_one_ticket_belongs_to_its_conversation(taken, admin, requester, post):
    choose(requester, "daily", digest_hour=8)
    taken.reply("Hello.", by=admin)

    post(after=timedelta(hours=20))

    (message,) = mails_to(requester.email)
    assert message.subject == f"[{taken.reference}] {taken.title}"
    assert "References" in message.extra_headers


def test_quiet_hours_are_quiet(taken, admin, requester, post):
    choose(requester, "at_once", quiet_from=time(11), quiet_until=time(14))
    taken.reply("Hello.", by=admin)

    post(after=timedelta(hours=1, minutes=55))
    assert mails_to(requester.email) == []
    post(after=timedelta(minutes=5))
    assert len(mails_to(requester.email)) == 1


def test_a_mail_that_comes_late_waits_for_the_end_of_hours_that_are_quiet_by_now(
    taken, admin, requester, post, clock
):
    choose(requester, "at_once", quiet_from=time(13), quiet_until=time(14))
    taken.reply("Hello.", by=admin)

    # No worker ran from noon until a quarter past one.
    post(after=timedelta(hours=1, minutes=15))
    assert mails_to(requester.email) == []
    post(after=timedelta(minutes=42))
    assert mails_to(requester.email) == []
    post(after=timedelta(minutes=1))
    assert len(mails_to(requester.email)) == 1


# -- who gets none ---------------------------------------------------------------------------------
def seen_in_the_bell(ticket, requester):
    Notification.objects.filter(person=requester).mark_read()


def deactivated(ticket, requester):
    requester.deactivate(by=None)


def in_the_trash(ticket, requester):
    ticket.trash(by=None)


def not_wanted_any_more(ticket, requester):
    choose(requester, "never")


@pytest.mark.parametrize(
    "meanwhile", [seen_in_the_bell, deactivated, in_the_trash, not_wanted_any_more], ids=lambda f: f.__name__
)
def test_who_has_seen_it_or_may_not_see_it_any_more_gets_none(
    taken, admin, requester, post, work_off, meanwhile
):
    taken.reply("Hello.", by=admin)
    work_off()
    meanwhile(taken, requester)

    post()
    post()

    assert mails_to(requester.email) == []


def test_who_comes_back_later_gets_nothing_old(taken, admin, requester, post, work_off):
    taken.reply("Hello.", by=admin)
    work_off()
    requester.deactivate(by=None)
    post()
    requester.activate(by=None)

    post(after=timedelta(days=90))

    assert mails_to(requester.email) == []


def test_who_is_no_admin_any_more_gets_no_note_even_about_their_own_ticket(
    db, clock, work_off, post, admin, other_admin
):
    own = TicketFactory(requester=other_admin)
    own.note(f"About @{other_admin.email}", by=admin)
    work_off()
    assert Notification.objects.filter(person=other_admin, kind="mentioned", mailed_at=None).exists()
    other_admin.set_role("User", by=None)

    post()

    assert all("About" not in message.body for message in mails_to(other_admin.email))


def test_who_stops_watching_gets_none_of_what_waits(taken, admin, other_admin, requester, post, work_off):
    Watch.objects.watch(other_admin, taken)
    taken.reply("Still dark.", by=requester)
    work_off()
    Watch.objects.mute(other_admin, taken)

    post()

    assert mails_to(other_admin.email) == []
    assert len(mails_to(admin.email)) == 1


# -- a resolved ticket -----------------------------------------------------------------------------
@pytest.mark.parametrize("meanwhile", ["taken", "withdrawn"])
def test_who_heard_because_nobody_had_it_gets_none_once_that_is_over(
    db, clock, admin, other_admin, requester, post, work_off, meanwhile
):
    one = TicketFactory(requester=requester)
    work_off()
    assert Notification.objects.filter(person=other_admin, reason="unassigned").exists()
    if meanwhile == "taken":
        one.take(by=admin)
    else:
        one.withdraw(by=requester)

    post()

    assert mails_to(other_admin.email) == []


def test_who_was_given_the_ticket_still_hears_what_came_before(
    db, clock, admin, other_admin, requester, post, work_off
):
    one = TicketFactory(requester=requester)
    work_off()
    one.assign(other_admin, by=admin)

    post()

    (message,) = mails_to(other_admin.email)
    assert "opened this ticket" in message.body


def test_the_requester_of_a_resolved_ticket_can_choose_one_of_five_scores(taken, admin, requester, post):
    taken.resolve(by=admin, text="New cable.")

    post()

    (message,) = mails_to(requester.email)
    for score in range(1, 6):
        link = f"http://127.0.0.1:8000/tickets/{taken.pk}/feedback/?score={score}"
        assert link in message.body
        assert f'href="{link}"' in message.alternatives[0][0]
    assert "New cable." in message.body


def test_a_ticket_reopened_meanwhile_is_not_to_be_rated(taken, admin, requester, post):
    taken.resolve(by=admin, text="New cable.")
    taken.reopen(by=requester)

    post()

    assert all("?score=" not in message.body for message in mails_to(requester.email))


def test_who_only_watches_a_resolved_ticket_is_not_asked(taken, admin, other_admin, post):
    Watch.objects.watch(other_admin, taken)
    taken.resolve(by=admin, text="New cable.")

    post()

    (message,) = mails_to(other_admin.email)
    assert "?score=" not in message.body


# -- faults ----------------------------------------------------------------------------------------
@pytest.fixture
def broken_for(monkeypatch):
    """Let the template fail for one person, until told that it is repaired."""
    real, broken = message.render_to_string, []

    def render(template, context):
        if context["person"].email in broken:
            raise TemplateSyntaxError("Unclosed tag")
        return real(template, context)

    monkeypatch.setattr(message, "render_to_string", render)
    return broken


def test_a_mail_that_cannot_be_written_is_a_failed_task_and_stops_no_other(
    taken, admin, requester, other_requester, post, broken_for
):
    other = TicketFactory(requester=other_requester)
    broken_for.append(requester.email)
    for one in (taken, other):
        one.reply("Hello.", by=admin)

    post()

    (row,) = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    assert row.task_path == "tickets.mail.outbound.delivery.write_again"
    assert "TemplateSyntaxError" in row.traceback
    assert mails_to(requester.email) == []
    assert len(mails_to(other_requester.email)) == 1


def test_it_is_written_once_when_it_is_tried_again_after_the_repair(
    taken, admin, requester, post, broken_for
):
    broken_for.append(requester.email)
    taken.reply("Hello.", by=admin)
    post()
    row = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    broken_for.clear()

    delivery.write_again.func(*row.args_kwargs["args"])
    delivery.write_again.func(*row.args_kwargs["args"])
    post()

    (written,) = mails_to(requester.email)
    assert "Hello." in written.body


def test_what_was_written_goes_back_with_the_transaction(
    taken, admin, requester, post, work_off, monkeypatch
):
    taken.reply("Hello.", by=admin)

    def fail(message):
        raise delivery.DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "enqueue", fail)
        post()
    assert mails_to(requester.email) == []
    post()

    assert len(mails_to(requester.email)) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_write_each_mail_once(requester, admin, settings):
    for number in range(6):
        one = TicketFactory(requester=requester, title=f"Ticket {number}")
        one.reply("Hello.", by=admin)
    Notification.objects.update(mail_due_at=timezone.now())

    write_at_once(settings)

    written = DBTaskResult.objects.filter(task_path="helpdesk.mail.delivery.deliver")
    names = [row.args_kwargs["args"][5]["Message-ID"] for row in written]
    assert len(names) == len(set(names)) == Notification.objects.filter(mailed_at__isnull=False).count()
    assert not Notification.objects.due(timezone.now()).exists()


def test_what_changes_while_a_mail_is_written_is_in_the_next(
    taken, admin, requester, post, work_off, monkeypatch
):
    taken.reply("The password is tulip.", by=admin)
    work_off()
    real = delivery.message_to

    def redact_meanwhile(person, group):
        written = real(person, group)
        monkeypatch.setattr(delivery, "message_to", real)
        taken.redact([taken.version], by=None)
        return written

    monkeypatch.setattr(delivery, "message_to", redact_meanwhile)
    post()
    post(after=0)

    (message,) = mails_to(requester.email)
    assert "tulip" not in message.body


def test_what_was_told_while_the_clock_was_ahead_is_mailed_once_it_is_right(
    taken, admin, requester, post, work_off, clock
):
    clock.shift(timedelta(days=1))
    taken.reply("Hello.", by=admin)
    work_off()
    clock.shift(-timedelta(days=1))

    post()

    assert len(mails_to(requester.email)) == 1
