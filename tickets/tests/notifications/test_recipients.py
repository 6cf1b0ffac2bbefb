"""Who hears what: the recipients of tickets/events/kinds.py, by what people do."""

import pytest

from tickets.events import NotificationKind
from tickets.models import HoldReason, Status
from tickets.models.notification_preference import DEFAULTS
from tickets.tests.factories import RequestTypeFactory, TicketFactory
from tickets.tests.heard import K, R, heard


def change(ticket, by, **wanted):
    now = {
        "status": ticket.status,
        "hold_reason": ticket.hold_reason,
        "assignee": ticket.assignee,
        "request_type": ticket.request_type,
    }
    ticket.change_properties(by=by, version=ticket.version, **{**now, **wanted})


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
    "a reply that takes it from a colleague": (
        lambda t, p: t.reply("I go on with this.", by=p["other_admin"], take=True),
        {
            "admin": (K.ASSIGNED, R.FORMER_ASSIGNEE),
            "requester": (K.REPLIED, R.REQUESTER),
            "watcher": (K.REPLIED, R.WATCHER),
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


def test_every_kind_of_notification_has_its_usual_way():
    assert set(DEFAULTS) == set(NotificationKind)
