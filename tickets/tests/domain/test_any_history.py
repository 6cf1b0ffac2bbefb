"""Random people use random verbs: whatever happens, the rules hold."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.tests.examples import examples
from tickets.errors import TicketError
from tickets.models import Feedback, HoldReason, Status, Ticket
from tickets.models.replay import replay
from tickets.models.ticket.fields import LOGGED
from tickets.tests.factories import RequestTypeFactory, TicketFactory

migration = import_module("tickets.migrations.0012_fill_unanswered_since")

TRANSITIONS = {
    (Status.OPEN, Status.IN_PROGRESS),
    (Status.OPEN, Status.ON_HOLD),
    (Status.OPEN, Status.RESOLVED),
    (Status.OPEN, Status.CLOSED),  # withdrawn
    (Status.IN_PROGRESS, Status.ON_HOLD),
    (Status.ON_HOLD, Status.IN_PROGRESS),
    (Status.IN_PROGRESS, Status.RESOLVED),
    (Status.ON_HOLD, Status.RESOLVED),
    (Status.IN_PROGRESS, Status.CLOSED),  # withdrawn
    (Status.ON_HOLD, Status.CLOSED),  # withdrawn
    (Status.RESOLVED, Status.CLOSED),
    (Status.RESOLVED, Status.IN_PROGRESS),
    (Status.CLOSED, Status.IN_PROGRESS),
    (Status.CLOSED, Status.OPEN),  # withdrawn before anybody had it
}

TEXTS = st.sampled_from(["", "Because.", "Zeile 1\r\nZeile 2", "\u202eright to left", "👩‍💻"])
VERSIONS = st.one_of(st.none(), st.integers(0, 12))
STEPS = st.one_of(
    st.tuples(st.sampled_from(["start", "resolve", "close", "reopen"]), TEXTS, VERSIONS),
    st.tuples(st.just("hold"), st.sampled_from([*HoldReason.values, "nonsense"]), VERSIONS),
    st.tuples(st.just("assign"), st.sampled_from(["requester", "admin", "other_admin", None]), VERSIONS),
    st.tuples(st.just("edit"), st.sampled_from(["A title", "Another title", " "]), VERSIONS),
    st.tuples(st.just("rate"), st.integers(0, 6), st.none()),
    st.tuples(st.just("reply"), st.sampled_from(["", *Status.values, "nonsense"]), VERSIONS),
    st.tuples(st.just("note"), TEXTS, st.none()),
    st.tuples(st.sampled_from(["take", "withdraw", "trash", "restore", "purge"]), st.none(), st.none()),
)
ACTORS = st.sampled_from(["requester", "other_requester", "admin", "other_admin", None])


def act(ticket, people, actor, step):
    verb, argument, version = step
    by = people[actor]
    if verb == "hold":
        ticket.hold(argument, by=by, version=version)
    elif verb == "assign":
        ticket.assign(people[argument], by=by, version=version)
    elif verb == "edit":
        ticket.edit(by=by, title=argument, description=argument + "!", version=version)
    elif verb == "rate":
        ticket.rate(argument, by=by)
    elif verb in ("resolve", "reopen"):
        getattr(ticket, verb)(by=by, text=argument, version=version)
    elif verb in ("start", "close"):
        getattr(ticket, verb)(by=by, version=version)
    elif verb == "reply":
        ticket.reply("Hello.", by=by, then=argument, hold_reason=HoldReason.REQUESTER, version=version)
    elif verb == "note":
        ticket.note(argument, by=by)
    elif verb == "take" and by is None:
        return
    else:
        getattr(ticket, verb)(by=by)


def row_of(ticket):
    ticket.refresh_from_db()
    words = {"title": ticket.title, "description": ticket.description}
    moments = {name: getattr(ticket, name).isoformat() for name in ("updated_at", "publicly_updated_at")}
    return ticket.logged_values() | words | moments | {"version": ticket.version}


@pytest.fixture
def people(requester, other_requester, admin, other_admin):
    RequestTypeFactory()
    return {
        "requester": requester,
        "other_requester": other_requester,
        "admin": admin,
        "other_admin": other_admin,
        None: None,
    }


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(st.tuples(ACTORS, STEPS), max_size=25))
def test_random_verbs_keep_every_rule(people, history):
    from django.core.exceptions import ValidationError

    ticket = TicketFactory(requester=people["requester"])
    for actor, step in history:
        before, events = row_of(ticket), ticket.events.count()
        try:
            act(ticket, people, actor, step)
        except (TicketError, ValidationError):
            assert row_of(ticket) == before
            assert ticket.events.count() == events
            continue
        after = row_of(ticket)
        # One event for each verb that changed something, none for those that did nothing.
        assert ticket.events.count() - events == (after != before)
        if before["status"] != after["status"]:
            assert (before["status"], after["status"]) in TRANSITIONS

    end = row_of(ticket)
    assert dict.fromkeys(LOGGED) | {"hold_reason": ""} | replay(ticket.events.all()) == end
    assert ticket.events.count() == ticket.version
    assert Feedback.objects.current().filter(ticket=ticket).count() == (end["score"] is not None)
    assert bool(end["hold_reason"]) == (end["status"] == Status.ON_HOLD)
    if end["status"] != Status.OPEN and not end["withdrawn_at"]:
        assert end["assignee_id"] is not None
    # An upgrade reads from the events what the verbs have written.
    assert ticket.is_unsolved or not ticket.unanswered_since
    Ticket._base_manager.filter(pk=ticket.pk).update(unanswered_since=None)
    migration.fill(apps, None)
    assert row_of(ticket) == end
