"""Whoever stops working tickets hands theirs over."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.errors import HasWork, LastAdmin
from helpdesk.models import AuditEvent
from helpdesk.tests.plugin import with_password_typed
from tickets.events import Kind
from tickets.tests.factories import TicketFactory


@pytest.fixture
def work(admin, requester):
    """An open, a held and a resolved ticket of the admin's."""
    tickets = [TicketFactory(requester=requester) for _ in range(3)]
    for ticket in tickets:
        ticket.take(by=admin)
    tickets[1].hold("scheduled", by=admin)
    tickets[2].resolve(by=admin)
    return tickets


def assignees(tickets):
    for ticket in tickets:
        ticket.refresh_from_db()
    return [ticket.assignee for ticket in tickets]


@pytest.mark.parametrize("stop", ["deactivate", "demote"])
def test_unresolved_tickets_need_a_successor(work, admin, other_admin, stop):
    def act(successor):
        if stop == "deactivate":
            admin.deactivate(by=other_admin, successor=successor)
        else:
            admin.set_role("User", by=other_admin, successor=successor)

    with pytest.raises(HasWork, match="has 2 tickets that are not resolved yet"):
        act(None)
    admin.refresh_from_db()
    assert admin.is_admin

    act(other_admin)

    assert not admin.is_admin
    assert assignees(work) == [other_admin, other_admin, admin]
    event = work[1].events.last()
    assert (event.kind, event.actor) == (Kind.ASSIGNED, other_admin)


def test_only_somebody_who_works_tickets_takes_over(work, admin, other_admin, requester):
    for successor in (requester, admin):
        with pytest.raises(HasWork, match="cannot take over"):
            admin.deactivate(by=other_admin, successor=successor)

    assert assignees(work) == [admin, admin, admin]


def test_nothing_is_handed_over_by_the_last_admin(work, admin, requester):
    with pytest.raises(LastAdmin):
        admin.set_role("User", by=None, successor=requester)

    assert work[0].events.count() == 2


def test_the_console_asks_who_takes_over(work, admin, other_admin, client_of):
    client = with_password_typed(client_of(other_admin), other_admin)
    address = reverse("admin:accounts_user_deactivate", args=[admin.pk])
    assert b"2 unresolved tickets" in client.get(address).content

    refused = client.post(address, {"successor": ""})
    assert refused.status_code == 409
    assert b"Choose who takes over." in refused.content
    assert client.post(address, {"successor": admin.pk}).status_code == 200

    client.post(address, {"successor": other_admin.pk})
    admin.refresh_from_db()
    assert not admin.is_active
    assert assignees(work)[:2] == [other_admin, other_admin]


def test_a_change_of_role_asks_who_takes_over(work, admin, other_admin, client_of):
    client = with_password_typed(client_of(other_admin), other_admin)
    address = reverse("admin:accounts_user_change", args=[admin.pk])
    person = {
        "first_name": admin.first_name,
        "last_name": admin.last_name,
        "email": admin.email,
        "role": "User",
    }

    refused = client.post(address, person)
    assert refused.status_code == 409
    assert b"Choose who takes over." in refused.content

    assert client.post(address, person | {"successor": other_admin.pk}).status_code == 302
    assert assignees(work)[0] == other_admin


def test_operators_name_the_successor(work, admin, other_admin, capsys):
    with pytest.raises(CommandError, match="Choose who takes over"):
        call_command("deactivate_user", admin.email)
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("deactivate_user", admin.email, successor="nobody@example.com")

    call_command("deactivate_user", admin.email, successor=other_admin.email)

    assert assignees(work)[0] == other_admin


def test_whoever_has_nothing_needs_nobody(admin, other_admin):
    admin.deactivate(by=other_admin)

    event = AuditEvent.objects.last()
    assert (event.kind, event.person, event.actor) == ("deactivated", admin, other_admin)
