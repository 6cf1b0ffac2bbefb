"""Who hears what: never the one who acted, once for each event, nothing one may not see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from accounts.tests.factories import AdminFactory
from tickets.events import Kind
from tickets.models import (
    HoldReason,
    Notification,
    NotificationKind,
    Preference,
    Reason,
    RequestType,
    Status,
    Ticket,
    TicketEvent,
    Watch,
)
from tickets.models.preference import DEFAULTS, Mail
from tickets.notifications import HEARS, fan_out
from tickets.tests.factories import RequestTypeFactory, TicketFactory

K, R = NotificationKind, Reason


@pytest.fixture
def watcher(db):
    return AdminFactory(first_name="Wanda", last_name="Watcher")


@pytest.fixture
def people(requester, other_requester, admin, other_admin, watcher):
    """admin has the ticket, watcher watches it, other_admin and other_requester have no part in it."""
    return {
        "requester": requester,
        "other_requester": other_requester,
        "admin": admin,
        "other_admin": other_admin,
        "watcher": watcher,
        None: None,
    }


@pytest.fixture
def worked(ticket, people):
    """The requester's ticket, which admin works on and watcher watches; nobody has heard of it yet."""
    ticket.assign(people["admin"], by=people["admin"])
    ticket.start(by=people["admin"])
    Watch.objects.watch(people["watcher"], ticket)
    Notification.objects.all().delete()
    return ticket


@pytest.fixture
def resolved(worked, people):
    worked.resolve(by=people["admin"], text="Replaced it.")
    Notification.objects.all().delete()
    return worked


def heard(people):
    """Who heard of the newest event: name -> (kind, reason)."""
    newest = TicketEvent.objects.order_by("-pk").first()
    names = {person.pk: name for name, person in people.items() if person}
    return {names[n.person_id]: (n.kind, n.reason) for n in Notification.objects.filter(event=newest)}


def change(ticket, by, **wanted):
    now = {
        "status": ticket.status,
        "hold_reason": ticket.hold_reason,
        "assignee": ticket.assignee,
        "request_type": ticket.request_type,
    }
    ticket.change(by=by, version=ticket.version, **{**now, **wanted})


# -- the table -----------------------------------------------------------------------------------
OTHERS = {"watcher": (K.STATUS, R.WATCHER)}
ON_A_WORKED_TICKET = {
    "an answer": (
        lambda t, p: t.reply("Try this.", by=p["admin"]),
        {"requester": (K.REPLIED, R.REQUESTER), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "the requester's reply": (
        lambda t, p: t.reply("Done.", by=p["requester"]),
        {"admin": (K.REPLIED, R.ASSIGNEE), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "a reply of a colleague": (
        lambda t, p: t.reply("Hello.", by=p["other_admin"]),
        {
            "requester": (K.REPLIED, R.REQUESTER),
            "admin": (K.REPLIED, R.ASSIGNEE),
            "watcher": (K.REPLIED, R.WATCHER),
        },
    ),
    "a reply that resolves": (
        lambda t, p: t.reply("Done.", by=p["admin"], then=Status.RESOLVED),
        {"requester": (K.RESOLVED, R.REQUESTER), "watcher": (K.RESOLVED, R.WATCHER)},
    ),
    "a reply that holds": (
        lambda t, p: t.reply(
            "Which?", by=p["admin"], then=Status.ON_HOLD, hold_reason=HoldReason.THIRD_PARTY
        ),
        {"requester": (K.REPLIED, R.REQUESTER), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "a note": (
        lambda t, p: t.note("Known fault.", by=p["other_admin"]),
        {"admin": (K.NOTED, R.ASSIGNEE), "watcher": (K.NOTED, R.WATCHER)},
    ),
    "a note that mentions": (
        lambda t, p: t.note("@Oskar Otheradmin, @Wanda Watcher: look", by=p["admin"]),
        {"other_admin": (K.MENTIONED, R.MENTIONED), "watcher": (K.MENTIONED, R.MENTIONED)},
    ),
    "a hand-over": (
        lambda t, p: t.assign(p["other_admin"], by=p["admin"]),
        {
            "other_admin": (K.ASSIGNED, R.ASSIGNEE),
            "requester": (K.STATUS, R.REQUESTER),
            **OTHERS,
        },
    ),
    "somebody takes it over": (
        lambda t, p: t.assign(p["other_admin"], by=p["other_admin"]),
        {
            "admin": (K.ASSIGNED, R.FORMER_ASSIGNEE),
            "requester": (K.STATUS, R.REQUESTER),
            **OTHERS,
        },
    ),
    "on hold without a word": (
        lambda t, p: t.hold(HoldReason.THIRD_PARTY, by=p["admin"]),
        {"requester": (K.STATUS, R.REQUESTER), **OTHERS},
    ),
    "on hold with a word": (
        lambda t, p: t.hold(HoldReason.THIRD_PARTY, by=p["admin"], text="Ordered."),
        {"requester": (K.REPLIED, R.REQUESTER), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "on hold for the requester": (
        lambda t, p: t.hold(HoldReason.REQUESTER, by=p["admin"]),
        {"requester": (K.REPLIED, R.REQUESTER), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "resolved": (
        lambda t, p: t.resolve(by=p["other_admin"], text="Replaced."),
        {
            "requester": (K.RESOLVED, R.REQUESTER),
            "admin": (K.RESOLVED, R.ASSIGNEE),
            "watcher": (K.RESOLVED, R.WATCHER),
        },
    ),
    "withdrawn": (
        lambda t, p: t.withdraw(by=p["requester"], text="Found it."),
        {"admin": (K.STATUS, R.ASSIGNEE), **OTHERS},
    ),
    "edited by the requester": (
        lambda t, p: t.edit(by=p["requester"], title="Both screens stay dark"),
        {"admin": (K.CHANGED, R.ASSIGNEE), "watcher": (K.CHANGED, R.WATCHER)},
    ),
    "edited by the assignee": (
        lambda t, p: t.edit(by=p["admin"], title="Both screens stay dark"),
        {"requester": (K.CHANGED, R.REQUESTER), "watcher": (K.CHANGED, R.WATCHER)},
    ),
    "in the trash": (
        lambda t, p: t.trash(by=p["other_admin"]),
        {"admin": (K.STATUS, R.ASSIGNEE), **OTHERS},
    ),
    "by the system": (
        lambda t, p: t.resolve(by=None),
        {
            "requester": (K.RESOLVED, R.REQUESTER),
            "admin": (K.RESOLVED, R.ASSIGNEE),
            "watcher": (K.RESOLVED, R.WATCHER),
        },
    ),
    "assignee and status in one step": (
        lambda t, p: change(
            t,
            p["admin"],
            assignee=p["other_admin"],
            status=Status.ON_HOLD,
            hold_reason=HoldReason.REQUESTER,
        ),
        {
            "other_admin": (K.ASSIGNED, R.ASSIGNEE),
            "requester": (K.REPLIED, R.REQUESTER),
            "watcher": (K.REPLIED, R.WATCHER),
        },
    ),
    "type and assignee in one step": (
        lambda t, p: change(
            t, p["admin"], assignee=p["other_admin"], request_type=RequestTypeFactory(name="Other")
        ),
        {
            "other_admin": (K.ASSIGNED, R.ASSIGNEE),
            "requester": (K.STATUS, R.REQUESTER),
            **OTHERS,
        },
    ),
    "the type alone": (
        lambda t, p: change(t, p["admin"], request_type=RequestTypeFactory(name="Other")),
        {"requester": (K.CHANGED, R.REQUESTER), "watcher": (K.CHANGED, R.WATCHER)},
    ),
}


@pytest.mark.parametrize("what", ON_A_WORKED_TICKET)
def test_who_hears_what_of_a_worked_ticket(what, worked, people):
    act, expected = ON_A_WORKED_TICKET[what]

    act(worked, people)

    assert heard(people) == expected


ON_A_RESOLVED_TICKET = {
    "rated": (
        lambda t, p: t.rate(5, by=p["requester"]),
        {"admin": (K.RATED, R.ASSIGNEE), "watcher": (K.RATED, R.WATCHER)},
    ),
    "reopened with a word": (
        lambda t, p: t.reopen(by=p["requester"], text="No."),
        {"admin": (K.REPLIED, R.ASSIGNEE), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "reopened by a reply": (
        lambda t, p: t.reply("It is dark again.", by=p["requester"]),
        {"admin": (K.REPLIED, R.ASSIGNEE), "watcher": (K.REPLIED, R.WATCHER)},
    ),
    "closed": (
        lambda t, p: t.close(by=p["admin"]),
        {"requester": (K.STATUS, R.REQUESTER), "watcher": (K.STATUS, R.WATCHER)},
    ),
}


@pytest.mark.parametrize("what", ON_A_RESOLVED_TICKET)
def test_who_hears_what_of_a_resolved_ticket(what, resolved, people):
    act, expected = ON_A_RESOLVED_TICKET[what]

    act(resolved, people)

    assert heard(people) == expected


def test_the_one_who_resolved_it_hears_of_the_rating_after_handing_it_over(resolved, people):
    resolved.assign(people["other_admin"], by=people["other_admin"])

    resolved.rate(2, by=people["requester"])

    assert heard(people)["admin"] == (K.RATED, R.RESOLVER)


NEW = (K.NEW_TICKET, R.UNASSIGNED)
ON_A_TICKET_NOBODY_HAS = {
    "the requester writes": (
        lambda t, p: t.reply("And now it smells.", by=p["requester"]),
        {"admin": NEW, "other_admin": NEW, "watcher": NEW},
    ),
    "a colleague answers": (
        lambda t, p: t.reply("On my way.", by=p["admin"]),
        {"requester": (K.REPLIED, R.REQUESTER)},
    ),
    "a colleague notes": (lambda t, p: t.note("Known.", by=p["admin"]), {}),
    "taken": (
        lambda t, p: t.take(by=p["admin"]),
        {"requester": (K.STATUS, R.REQUESTER)},
    ),
    "assigned": (
        lambda t, p: t.assign(p["other_admin"], by=p["admin"]),
        {"requester": (K.STATUS, R.REQUESTER), "other_admin": (K.ASSIGNED, R.ASSIGNEE)},
    ),
    "answered and taken": (
        lambda t, p: t.reply("On my way.", by=p["admin"], then=Status.IN_PROGRESS),
        {"requester": (K.REPLIED, R.REQUESTER)},
    ),
    "withdrawn": (lambda t, p: t.withdraw(by=p["requester"]), {}),
    "edited": (lambda t, p: t.edit(by=p["requester"], title="Smoke"), {}),
}


@pytest.mark.parametrize("what", ON_A_TICKET_NOBODY_HAS)
def test_who_hears_what_of_a_ticket_nobody_has(what, people, ticket):
    act, expected = ON_A_TICKET_NOBODY_HAS[what]

    act(ticket, people)

    assert heard(people) == expected


def test_every_admin_hears_of_a_new_ticket_and_nobody_else(people):
    TicketFactory(requester=people["requester"])

    assert heard(people) == {"admin": NEW, "other_admin": NEW, "watcher": NEW}


def test_who_has_a_ticket_opened_for_them_hears_of_it(people):
    TicketFactory(requester=people["requester"], by=people["admin"])

    opened = (K.OPENED, R.REQUESTER)
    assert heard(people) == {"requester": opened, "other_admin": NEW, "watcher": NEW}


def test_a_ticket_given_back_to_all_is_told_to_all(ticket, people):
    ticket.assign(people["admin"], by=people["other_admin"])

    ticket.assign(None, by=people["other_admin"])

    assert heard(people) == {
        "admin": (K.ASSIGNED, R.FORMER_ASSIGNEE),
        "requester": (K.STATUS, R.REQUESTER),
        "watcher": NEW,
    }


def test_every_kind_of_event_has_its_row():
    assert set(HEARS) == set(Kind)
    assert set(DEFAULTS) == set(NotificationKind)


# -- who must not hear ------------------------------------------------------------------------------
def test_nobody_ever_hears_of_what_they_did_or_may_not_see(people, worked):
    """The whole table again, by everybody who may: the rules hold whatever the table says."""
    acts = [act for act, _ in (*ON_A_WORKED_TICKET.values(), *ON_A_RESOLVED_TICKET.values())]
    for act in acts:
        try:
            act(Ticket.objects.get(pk=worked.pk), people)
        except Exception:  # noqa: S112, what the ticket's state refuses
            continue

    assert Notification.objects.count() > 10
    for told in Notification.objects.select_related("event", "person", "ticket"):
        assert told.person_id != told.event.actor_id
        assert told.person != people["other_requester"]
        assert TicketEvent.objects.visible_to(told.person).filter(pk=told.event_id).exists()


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
    from accounts.models import User

    people["other_admin"].deactivate(by=admin)
    if state != "present":
        ticket.trash(by=admin)
    if state == "purged":
        ticket.purge(by=admin)

    seeing = set(ticket.seen_by(User.objects.all(), kind=kind))

    for person in User.objects.all():
        sees = Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
        if kind == Kind.NOTED:
            sees = sees and person.can_see_every_ticket
        assert (person in seeing) == sees


# -- watching ------------------------------------------------------------------------------------
def test_who_takes_part_watches_from_then_on(worked, people):
    worked.note("@Oskar Otheradmin: look", by=people["admin"])
    worked.reply("Hello.", by=people["watcher"])

    watching = Watch.objects.filter(ticket=worked, muted=False).values_list("person", flat=True)
    assert set(watching) == {people[name].pk for name in ("admin", "other_admin", "watcher")}


def test_the_requester_need_not_watch_their_own_ticket(worked, people):
    worked.reply("Hello?", by=people["requester"])

    assert not Watch.objects.filter(person=people["requester"]).exists()


def test_who_muted_hears_nothing_and_taking_part_does_not_start_it_again(worked, people):
    for name in ("watcher", "requester"):
        Watch.objects.mute(people[name], worked)
    worked.note("I look.", by=people["watcher"])

    worked.reply("Hello.", by=people["admin"])

    assert heard(people) == {}
    assert Watch.objects.get(person=people["watcher"]).muted


def test_a_mention_reaches_who_muted(worked, people):
    Watch.objects.mute(people["watcher"], worked)

    worked.note("@Wanda Watcher: look", by=people["admin"])

    assert heard(people) == {"watcher": (K.MENTIONED, R.MENTIONED)}


def test_being_assigned_ends_the_mute(worked, people):
    Watch.objects.mute(people["watcher"], worked)

    worked.assign(people["watcher"], by=people["admin"])
    assert heard(people)["watcher"] == (K.ASSIGNED, R.ASSIGNEE)
    worked.reply("Hello?", by=people["requester"])

    assert heard(people)["watcher"] == (K.REPLIED, R.ASSIGNEE)


def test_watching_is_no_event_of_the_ticket(ticket, other_admin):
    before = ticket.events.count()

    Watch.objects.watch(other_admin, ticket)
    Watch.objects.mute(other_admin, ticket)
    Watch.objects.watch(other_admin, ticket)

    assert ticket.events.count() == before
    assert Watch.objects.get().muted is False


# -- how they hear -------------------------------------------------------------------------------
def prefer(person, kind, **way):
    preference = Preference.objects.of(person)
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
        with CaptureQueriesContext(connection) as captured:
            fan_out.call(ticket.events.last().pk)
        return len(captured)

    few = queries(TicketFactory(requester=people["requester"]))
    AdminFactory.create_batch(10)

    assert queries(TicketFactory(requester=people["requester"])) == few <= 12


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

    for model in (Notification, Watch, Preference):
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
