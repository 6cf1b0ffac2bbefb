"""A decision about many tickets: what it would do, that it does so once, and what it leaves behind."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tickets.events import Kind
from tickets.models import BulkChange, HoldReason, RequestType, Ticket
from tickets.models.bulk_change import IN_ONE_REQUEST, UNSEEN, Outcome, run_slice
from tickets.tests.factories import TicketFactory


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def three(requester):
    return [TicketFactory(requester=requester, title=title) for title in ("One", "Two", "Three")]


@pytest.fixture
def planned(admin):
    """Plan a change of all tickets, and answer it with the choice made."""

    def plan(verb, by=admin, **values):
        change = BulkChange.objects.plan(Ticket.objects.visible_to(by).order_by("pk"), by=by, action="status")
        change.choose(verb, **values)
        return change

    return plan


def confirmed(change):
    change.confirm()
    assert change.work()
    return change


def outcomes(change):
    return {step.ticket_id: (step.outcome, step.reason) for step in change.steps.all()}


def test_each_ticket_is_changed_by_its_verb_with_one_event_by_the_admin(planned, admin, other_admin, three):
    confirmed(planned("assign", assignee=other_admin.pk))

    for ticket in three:
        ticket.refresh_from_db()
        assert ticket.assignee == other_admin
        event = ticket.events.last()
        assert (event.kind, event.actor, ticket.version) == (Kind.ASSIGNED, admin, 2)


@pytest.mark.parametrize(
    ("verb", "values", "kind"),
    [
        ("start", {}, Kind.STARTED),
        ("hold", {"reason": HoldReason.REQUESTER, "text": "Which one?"}, Kind.HELD),
        ("resolve", {"text": "New cable."}, Kind.RESOLVED),
        ("trash", {}, Kind.TRASHED),
    ],
)
def test_every_decision_is_the_ticket_s_own_verb(verb, values, kind, planned, admin, three):
    for ticket in three:
        ticket.take(by=admin)

    change = confirmed(planned(verb, **values))

    assert {outcome for outcome, _ in outcomes(change).values()} == {Outcome.CHANGED}
    for ticket in three:
        event = ticket.events.last()
        assert (event.kind, event.text) == (kind, values.get("text", ""))


def test_a_request_type_is_changed_and_what_has_it_already_is_left_alone(planned, admin, three):
    network = RequestType.objects.get(name="Network Issue")
    three[0].edit(by=admin, request_type=network)

    change = confirmed(planned("edit", request_type=network.pk))

    assert [outcome for outcome, _ in outcomes(change).values()] == ["same", "changed", "changed"]
    assert [ticket.events.count() for ticket in three] == [2, 2, 2]


def test_what_a_verb_refuses_is_said_and_does_not_stop_the_others(planned, admin, three):
    three[0].take(by=admin)
    three[1].trash(by=admin)

    change = confirmed(planned("resolve", text="New cable."))

    assert outcomes(change) == {
        three[0].pk: ("changed", ""),
        three[1].pk: ("refused", "InTrash"),
        three[2].pk: ("refused", "NeedsAssignee"),
    }


def test_the_preview_says_what_then_happens(planned, admin, other_admin, requester, three):
    network = RequestType.objects.get(name="Network Issue")
    for ticket in three[1:]:
        ticket.take(by=admin)
    three[1].hold(HoldReason.REQUESTER, by=admin)
    closed = TicketFactory(requester=requester)
    closed.withdraw(by=requester)
    TicketFactory(requester=requester).trash(by=admin)
    decisions = [
        ("assign", {"assignee": other_admin.pk}),
        ("assign", {"assignee": None}),
        ("assign", {"assignee": requester.pk}),
        ("start", {}),
        ("hold", {"reason": HoldReason.REQUESTER, "text": ""}),
        ("resolve", {"text": ""}),
        ("close", {}),
        ("reopen", {"text": ""}),
        ("edit", {"request_type": network.pk}),
        ("restore", {}),
        ("trash", {}),
    ]

    for verb, values in decisions:
        change = planned(verb, **values)
        foreseen = {ticket.pk: (outcome, reason) for ticket, outcome, reason in change.preview({})}
        assert len(foreseen) == 5
        assert outcomes(confirmed(change)) == foreseen, verb


def test_a_preview_changes_nothing(planned, admin, three):
    list(planned("assign", assignee=admin.pk).preview({}))

    assert [ticket.events.count() for ticket in three] == [1, 1, 1]


def test_what_a_colleague_decided_meanwhile_is_not_overwritten(planned, admin, other_admin, three):
    change = planned("assign", assignee=admin.pk)
    three[0].take(by=other_admin)

    confirmed(change)

    three[0].refresh_from_db()
    assert three[0].assignee == other_admin
    assert outcomes(change)[three[0].pk] == ("refused", "EditConflict")


def test_what_a_colleague_changed_besides_does_not_stop_it(planned, admin, other_admin, three):
    change = planned("assign", assignee=admin.pk)
    three[0].edit(by=other_admin, title="Another title")

    confirmed(change)

    assert outcomes(change)[three[0].pk] == ("changed", "")


def test_rights_are_asked_again_when_it_is_done(planned, admin, other_admin, three):
    change = planned("assign", assignee=other_admin.pk)
    change.confirm()
    admin.set_role("User", by=other_admin)

    change.work()

    assert set(outcomes(change).values()) == {("refused", UNSEEN)}
    assert [ticket.events.count() for ticket in three] == [1, 1, 1]


def test_a_demoted_admin_does_not_work_on_their_own_tickets_either(planned, admin, other_admin):
    own = TicketFactory(requester=admin)
    change = planned("assign", assignee=other_admin.pk)
    change.confirm()
    admin.set_role("User", by=other_admin)

    change.work()

    assert outcomes(change)[own.pk] == ("refused", "NotAllowed")


def test_nothing_is_done_before_it_is_confirmed(planned, admin, three):
    change = planned("assign", assignee=admin.pk)

    change.work()

    assert [ticket.events.count() for ticket in three] == [1, 1, 1]


def test_confirming_and_working_twice_writes_each_event_once(planned, admin, three):
    change = planned("assign", assignee=admin.pk)

    for _ in range(2):
        confirmed(change)

    assert [ticket.events.count() for ticket in three] == [2, 2, 2]


def test_nothing_else_can_be_chosen_once_it_is_confirmed(planned, admin, three):
    change = planned("assign", assignee=admin.pk)
    change.confirm()

    change.choose("trash")

    assert change.verb == "assign"


def test_many_are_left_to_the_worker_slice_by_slice(planned, admin, requester, queue, monkeypatch):
    # However slow the machine is.
    monkeypatch.setattr("tickets.models.bulk_change.SLICE_SECONDS", 600)
    for _ in range(IN_ONE_REQUEST + 1):
        TicketFactory(requester=requester)
    change = planned("assign", assignee=admin.pk)

    change.confirm()
    assert change.progress() == {"": IN_ONE_REQUEST + 1}
    # A slice of no time at all does one ticket; whoever comes after a crash goes on behind it.
    assert not change.work(seconds=0)
    assert change.progress() == {"": IN_ONE_REQUEST, "changed": 1}
    run_slice.func(change.pk)

    change.refresh_from_db()
    assert change.finished_at
    assert DBTaskResult.objects.filter(task_path=run_slice.module_path).count() == 1
    assert {ticket.version for ticket in Ticket.objects.all()} == {2}


def test_a_slice_that_is_not_the_last_leaves_another(planned, admin, three, queue, monkeypatch):
    monkeypatch.setattr("tickets.models.bulk_change.SLICE_SECONDS", 0)
    change = planned("assign", assignee=admin.pk)
    change.confirm()

    run_slice.func(change.pk)

    assert DBTaskResult.objects.filter(task_path=run_slice.module_path).count() == 1
    assert change.progress() == {"": 2, "changed": 1}

    run_slice.func(change.pk)
    change.carry_on()
    assert DBTaskResult.objects.filter(task_path=run_slice.module_path).count() == 1


def test_a_crash_in_between_undoes_the_ticket_it_was_at_and_no_other(planned, admin, three, monkeypatch):
    change = planned("assign", assignee=admin.pk)
    change.confirm()
    with monkeypatch.context() as broken:
        broken.setattr("tickets.models.bulk_change.BulkStep.save", _break_at(three[1].pk))
        with pytest.raises(ZeroDivisionError):
            change.work()
    assert [ticket.events.count() for ticket in three] == [2, 1, 1]

    change.work()

    assert [ticket.events.count() for ticket in three] == [2, 2, 2]


def _break_at(number):
    from django.db import models

    def save(step, **kwargs):
        if step.ticket_id == number:
            raise ZeroDivisionError
        models.Model.save(step, **kwargs)

    return save


def test_what_was_written_is_forgotten_once_the_tickets_have_it(planned, admin, three):
    three[0].take(by=admin)
    change = confirmed(planned("resolve", text="New cable."))

    change.refresh_from_db()
    assert change.values == {}
    assert three[0].events.last().text == "New cable."


def test_a_week_later_it_is_forgotten(planned, admin, three):
    old = planned("trash")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        planned("trash")

    assert not BulkChange.objects.filter(pk=old.pk).exists()
    assert BulkChange.objects.count() == 1


def test_more_than_the_bound_is_cut_and_said(planned, admin, three, monkeypatch):
    monkeypatch.setattr("tickets.models.bulk_change.MOST_TICKETS", 2)

    change = planned("trash")

    assert change.is_cut
    assert [step.ticket_id for step in change.steps.order_by("pk")] == [three[0].pk, three[1].pk]
