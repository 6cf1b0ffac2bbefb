"""What is done to accounts is written down, once, in the transaction that does it."""

import pytest
from django.db import models, transaction

from accounts.errors import NotAllowed
from accounts.models import User
from helpdesk.models import AuditEvent, ChainHead, audit_event


def last():
    event = AuditEvent.objects.last()
    return event.kind, event.person, event.actor, event.data


def test_each_change_is_one_event(requester, admin):
    before = AuditEvent.objects.count()

    requester.rename("Rita", "Renamed", by=requester)
    assert last() == ("renamed", requester, requester, {})
    requester.change_email("new@example.com", by=admin)
    assert last() == ("email_changed", requester, admin, {})
    requester.set_role("Admin", by=admin)
    assert last() == ("role_set", requester, admin, {"role": ["User", "Admin"]})
    requester.deactivate(by=admin)
    assert last() == ("deactivated", requester, admin, {})
    requester.activate(by=admin)
    assert last() == ("activated", requester, admin, {})

    assert AuditEvent.objects.count() - before == 5


def test_an_account_starts_with_an_event(requester):
    event = AuditEvent.objects.get(person=requester)

    assert (event.kind, event.actor, event.data) == ("created", None, {"role": "User"})


def test_the_same_role_again_is_no_event(requester, admin):
    before = AuditEvent.objects.count()

    requester.set_role("User", by=admin)

    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_a_decided_request_is_an_event(requester, admin, outcome):
    requester.ask_to_be_admin()
    request = requester.admin_requests.get()

    request.grant(by=admin) if outcome == "granted" else request.refuse(by=admin)

    event = AuditEvent.objects.get(kind=f"request_{outcome}")
    assert (event.person, event.actor) == (requester, admin)


def test_a_refused_change_leaves_no_event(requester, other_requester):
    before = AuditEvent.objects.count()

    with pytest.raises(NotAllowed):
        other_requester.deactivate(by=requester)

    assert AuditEvent.objects.count() == before


def test_what_is_rolled_back_leaves_no_event_and_no_gap(requester, admin):
    with transaction.atomic():
        requester.deactivate(by=admin)
        transaction.set_rollback(True)
    User.objects.get(pk=requester.pk).activate(by=admin)

    numbers = list(AuditEvent.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert ChainHead.objects.get(name="accounts").length == len(numbers)


def test_a_right_lost_since_the_page_was_opened_counts(requester, admin, other_admin):
    assert other_admin.has_perm("accounts.change_user")
    User.objects.get(pk=other_admin.pk).set_role("User", by=admin)

    # The object still remembers the rights it had.
    with pytest.raises(NotAllowed):
        admin.set_role("User", by=other_admin)
    assert User.objects.get(pk=admin.pk).is_admin


def test_a_room_adds_kinds_without_a_migration(requester, monkeypatch):
    monkeypatch.setattr(audit_event, "_registered", [])

    class RoomKind(models.TextChoices):
        MOVED = "moved", "Moved elsewhere"

    audit_event.register_kinds(RoomKind)
    event = AuditEvent.log(RoomKind.MOVED, person=requester, by=None)

    assert event.get_kind_display() == "Moved elsewhere"
    assert audit_event.audit_kinds()[0] == ("moved", "Moved elsewhere")
    # One of a room that is gone is still told.
    assert AuditEvent(kind="created").get_kind_display() == "created"
