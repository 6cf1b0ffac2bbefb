"""Status, assignee and request type, saved together."""

import pytest

from tickets.errors import EditConflict, NotAllowed, NotAssignable, WrongStatus
from tickets.events import Kind
from tickets.models import HoldReason, Status
from tickets.tests.factories import RequestTypeFactory


@pytest.fixture
def other_type(db):
    return RequestTypeFactory(name="Another Issue")


def change(ticket, by, version=None, **changed):
    """Send what the page showed at `version`, with something changed."""
    shown = {
        "status": ticket.status,
        "hold_reason": ticket.hold_reason,
        "assignee": ticket.assignee,
        "request_type": ticket.request_type,
    }
    ticket.change_properties(by=by, version=version or ticket.version, **(shown | changed))


def test_several_properties_are_one_event(ticket, admin, other_admin, other_type):
    change(ticket, admin, status=Status.IN_PROGRESS, assignee=other_admin, request_type=other_type)

    event = ticket.events.get(version=2)
    assert event.kind == Kind.CHANGED
    assert event.data["status"] == ["open", "in_progress"]
    assert event.data["assignee_id"] == [None, other_admin.pk]
    assert event.data["request_type_id"][1] == other_type.pk


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"status": "on_hold", "hold_reason": "scheduled"}, Kind.HELD),
        ({"status": "in_progress"}, Kind.STARTED),
        ({"status": "resolved"}, Kind.RESOLVED),
    ],
)
def test_one_property_is_the_event_of_its_verb(ticket, admin, changed, kind):
    ticket.take(by=admin)

    change(ticket, admin, **changed)

    assert ticket.events.last().kind == kind


def test_nothing_changed_writes_nothing(ticket, admin):
    change(ticket, admin)

    assert ticket.version == 1


def test_what_others_changed_meanwhile_is_kept(ticket, admin, other_admin, other_type):
    ticket.take(by=admin)
    seen, shown = ticket.version, {"status": ticket.status, "hold_reason": "", "assignee": admin}
    ticket.hold(HoldReason.THIRD_PARTY, by=other_admin)

    ticket.change_properties(by=admin, version=seen, request_type=other_type, **shown)

    assert (ticket.status, ticket.request_type) == (Status.ON_HOLD, other_type)


def test_the_same_property_changed_by_both_is_a_conflict(ticket, admin, other_admin):
    seen, shown = ticket.version, {"status": "open", "hold_reason": "", "request_type": ticket.request_type}
    ticket.take(by=other_admin)

    with pytest.raises(EditConflict) as conflict:
        ticket.change_properties(by=admin, version=seen, assignee=admin, **shown)

    assert conflict.value.theirs == {"assignee_id": other_admin.pk}
    ticket.refresh_from_db()
    assert ticket.assignee == other_admin


def test_the_rules_of_the_single_verbs_hold(ticket, requester, admin):
    with pytest.raises(NotAllowed):
        change(ticket, requester, assignee=requester)
    with pytest.raises(NotAssignable):
        change(ticket, admin, assignee=requester)
    with pytest.raises(NotAssignable):
        change(ticket, admin, status=Status.IN_PROGRESS)
    with pytest.raises(WrongStatus):
        change(ticket, admin, status=Status.CLOSED, assignee=admin)
    with pytest.raises(WrongStatus):
        change(ticket, admin, status=Status.ON_HOLD, assignee=admin)
    ticket.refresh_from_db()
    assert ticket.version == 1


def test_a_ticket_at_work_cannot_be_given_back_to_all(ticket, admin):
    ticket.take(by=admin)
    ticket.start(by=admin)

    with pytest.raises(NotAssignable):
        change(ticket, admin, assignee=None)


def test_nor_by_somebody_who_saw_it_before_the_work_began(ticket, admin, other_admin):
    ticket.take(by=admin)
    seen, shown = ticket.version, {"hold_reason": "", "request_type": ticket.request_type}
    ticket.start(by=admin)

    with pytest.raises(NotAssignable):
        ticket.change_properties(by=other_admin, version=seen, status=Status.OPEN, assignee=None, **shown)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, admin)


def test_a_closed_ticket_is_reopened_with_a_reason_only(ticket, admin):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.close(by=admin)

    with pytest.raises(WrongStatus):
        change(ticket, admin, status=Status.IN_PROGRESS)


def test_who_was_not_asked_for_the_status_changes_none(ticket, admin, other_admin, other_type):
    ticket.take(by=admin)
    seen = ticket.version
    ticket.hold(HoldReason.SCHEDULED, by=other_admin)

    ticket.change_properties(by=admin, version=seen, assignee=admin, request_type=other_type)

    assert (ticket.status, ticket.hold_reason, ticket.request_type) == (
        Status.ON_HOLD,
        HoldReason.SCHEDULED,
        other_type,
    )
