"""What people are told and how: nothing one may not see, as each wants it, and what becomes of it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from accounts.tests.factories import AdminFactory
from tickets.errors import TicketError
from tickets.events import Kind
from tickets.models import (
    Notification,
    NotificationPreference,
    RequestType,
    Ticket,
    TicketEvent,
    ToldEvent,
    Watch,
)
from tickets.models.notification_preference import Mail
from tickets.notifications.fan_out import fan_out
from tickets.tests.domain.test_any_history import ACTORS, STEPS, act
from tickets.tests.factories import RequestTypeFactory, TicketFactory
from tickets.tests.heard import K, R, heard


# -- who must not hear ------------------------------------------------------------------------------
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.tuples(ACTORS, STEPS), max_size=15))
def test_whatever_happens_nobody_hears_of_what_they_did_or_may_not_see(people, history):
    ticket = TicketFactory(requester=people["requester"])
    Watch.objects.watch(people["watcher"], ticket)
    for actor, step in history:
        before = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with suppress(TicketError, ValidationError):
            act(ticket, people, actor, step)
        told = Notification.objects.filter(pk__gt=before).select_related("event", "person")
        for one in told:
            assert one.person_id != one.event.actor_id
            assert Ticket.objects.visible_to(one.person).filter(pk=ticket.pk).exists()
            assert TicketEvent.objects.visible_to(one.person).filter(pk=one.event_id).exists()
        assert len({one.person_id for one in told}) == len(told)
        assert len({one.event_id for one in told}) <= 1


def test_closed_accounts_hear_nothing(worked, people):
    people["watcher"].deactivate(by=people["other_admin"])

    worked.reply("Hello.", by=people["admin"])

    assert "watcher" not in heard(people)


def test_a_watcher_who_works_tickets_no_more_hears_nothing(worked, people):
    people["watcher"].set_role(Role.USER, by=people["other_admin"])

    worked.reply("Hello.", by=people["admin"])

    assert heard(people) == {"requester": (K.REPLIED, R.REQUESTER)}


def test_requesters_hear_nothing_of_a_ticket_in_the_trash(worked, people):
    worked.trash(by=people["admin"])
    assert "requester" not in heard(people)
    worked.restore(by=people["admin"])

    assert "requester" not in heard(people)


@pytest.mark.parametrize("kind", ["", Kind.REPLIED, Kind.NOTED])
@pytest.mark.parametrize("state", ["present", "trash", "purged"])
def test_seen_by_says_what_visible_to_says(state, kind, ticket, people, admin):
    people["other_admin"].deactivate(by=admin)
    if state != "present":
        ticket.trash(by=admin)
    if state == "purged":
        ticket.purge(by=admin)

    seeing = set(ticket.filter_viewers(User.objects.all(), kind=kind))

    for person in User.objects.all():
        sees = Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
        if kind == Kind.NOTED:
            sees = sees and person.can_see_every_ticket
        assert (person in seeing) == sees


# -- how they hear -------------------------------------------------------------------------------
def prefer(person, kind, **way):
    preference = NotificationPreference.objects.of(person)
    preference.choose(kind, **way)
    preference.save()


def test_a_mail_is_due_in_two_minutes_unless_one_chose_otherwise(worked, people, time_machine):
    time_machine.move_to("2026-11-26 12:00 +0000", tick=False)
    prefer(people["watcher"], K.REPLIED, in_app=True, mail=Mail.DAILY)

    worked.reply("Hello.", by=people["admin"])

    due = dict(Notification.objects.values_list("person", "mail_due_at"))
    assert due[people["requester"].pk] == timezone.now() + timedelta(minutes=2)
    assert due[people["watcher"].pk].isoformat() == "2026-11-27T08:00:00+00:00"


def test_who_wants_no_mail_gets_the_bell_alone(worked, people):
    prefer(people["requester"], K.REPLIED, in_app=True, mail=Mail.NEVER)

    worked.reply("Hello.", by=people["admin"])

    told = Notification.objects.get(person=people["requester"])
    assert (told.in_app, told.mail_due_at) == (True, None)


def test_who_wants_mail_alone_gets_no_bell(worked, people):
    prefer(people["requester"], K.REPLIED, in_app=False, mail=Mail.AT_ONCE)

    worked.reply("Hello.", by=people["admin"])

    assert Notification.objects.get(person=people["requester"]).in_app is False
    assert not Notification.objects.visible_to(people["requester"]).exists()


def test_who_wants_nothing_gets_nothing(worked, people):
    prefer(people["requester"], K.REPLIED, in_app=False, mail=Mail.NEVER)

    worked.reply("Hello.", by=people["admin"])

    assert not Notification.objects.filter(person=people["requester"]).exists()


# -- the task ------------------------------------------------------------------------------------
def test_it_may_run_twice(worked, people):
    worked.reply("Hello.", by=people["admin"])
    before = list(Notification.objects.values_list("pk", flat=True))

    fan_out.call(worked.events.last().pk)

    assert list(Notification.objects.values_list("pk", flat=True)) == before


def test_its_queries_do_not_grow_with_the_people(people):
    def queries(ticket):
        ToldEvent.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            fan_out.call(ticket.events.last().pk)
        return len(captured)

    few = queries(TicketFactory(requester=people["requester"]))
    AdminFactory.create_batch(10)

    assert queries(TicketFactory(requester=people["requester"])) == few <= 13


def test_nobody_hears_of_history(people, requester):
    moment = timezone.now() - timedelta(days=30)
    ticket = Ticket.submit(
        title="Old",
        request_type=RequestType.objects.first() or RequestTypeFactory(),
        description="It was fine yesterday.",
        requester=requester,
        by=requester,
        at=moment,
    )
    ticket.assign(people["admin"], by=people["admin"], at=moment)
    ticket.reply("Hello.", by=people["admin"], at=moment)

    assert not Notification.objects.exists()
    assert not Watch.objects.exists()


def test_a_change_that_is_taken_back_tells_nobody(ticket, people, settings):
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with transaction.atomic():
        ticket.reply("Hello.", by=people["admin"])
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)

    assert DBTaskResult.objects.count() == 0


# -- what goes -------------------------------------------------------------------------------------
def test_a_deleted_account_leaves_none_behind(worked, people, admin):
    prefer(people["watcher"], K.REPLIED, in_app=True, mail=Mail.DAILY)
    worked.reply("Hello.", by=admin)

    people["watcher"].delete_account(by=admin)

    for model in (Notification, Watch, NotificationPreference):
        assert not model.objects.filter(person=people["watcher"]).exists()


def test_a_purged_ticket_leaves_none_behind(worked, people, admin):
    worked.reply("Hello.", by=admin)
    worked.trash(by=admin)

    worked.purge(by=admin)

    assert not Notification.objects.exists()
    assert not Watch.objects.exists()


def test_what_one_may_not_see_any_more_is_not_shown(worked, people, admin):
    worked.note("@Wanda Watcher: look", by=admin)
    worked.reply("Hello.", by=admin)
    assert Notification.objects.visible_to(people["watcher"]).count() == 2
    assert Notification.objects.visible_to(people["requester"]).count() == 1

    worked.trash(by=admin)
    people["watcher"].set_role(Role.USER, by=admin)
    watcher = type(admin).objects.get(pk=people["watcher"].pk)

    assert not Notification.objects.visible_to(people["requester"]).exists()
    assert not Notification.objects.visible_to(watcher).exists()


def test_due_mails_are_those_to_open_accounts(worked, people, admin):
    worked.reply("Hello.", by=admin)
    later = timezone.now() + timedelta(minutes=3)
    assert Notification.objects.due(later).count() == 2
    assert not Notification.objects.due(timezone.now()).exists()

    people["requester"].deactivate(by=admin)

    assert Notification.objects.due(later).get().person == people["watcher"]


# -- what becomes of old ones -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "read", "mail", "stays"),
    [
        (91, 91, None, False),
        (91, 89, None, True),
        (364, None, None, True),
        (366, None, None, False),
        (366, 366, "due", True),
        (366, 366, "sent", False),
    ],
)
def test_old_ones_are_removed_by_the_command_and_the_log_stays(
    worked, people, told, read, mail, stays, capsys
):
    worked.reply("Hello.", by=people["admin"])
    now, one = timezone.now(), Notification.objects.filter(person=people["requester"]).latest("pk")
    one.created_at = now - timedelta(days=told)
    one.read_at = read and now - timedelta(days=read)
    one.mail_due_at = mail and now
    one.mailed_at = now if mail == "sent" else None
    one.save()
    events = TicketEvent.objects.count()

    call_command("prune_notifications")

    assert Notification.objects.filter(pk=one.pk).exists() is stays
    assert Notification.objects.exclude(pk=one.pk).exists()
    assert capsys.readouterr().out == f"Removed {0 if stays else 1} notification{'s' if stays else ''}.\n"
    assert TicketEvent.objects.count() == events
