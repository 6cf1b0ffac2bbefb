"""Whoever stops working tickets hands theirs over."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.errors import HasWork, LastAdmin
from accounts.tests.factories import AdminFactory
from helpdesk.models import AuditEvent
from helpdesk.tests.plugin import with_password_typed
from helpdesk.tests.write_transactions import measured
from tickets.events import Kind
from tickets.models import Ticket
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


def end_by_page(page, client):
    def end(person, successor):
        fields = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email}
        typed = {**fields, "role": "User", "understood": "on", "successor": successor.pk}
        client.post(reverse(f"admin:accounts_user_{page}", args=[person.pk]), typed)

    return end


def end_by_command(*command):
    return lambda person, successor: call_command(
        command[0], person.email, *command[1:], successor=successor.email
    )


@pytest.mark.django_db(transaction=True)
def test_each_ticket_is_handed_over_in_a_transaction_of_its_own(other_admin, requester, client_of, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    client = with_password_typed(client_of(other_admin), other_admin)
    ways = [
        *(end_by_page(page, client) for page in ("change", "deactivate", "delete")),
        *(end_by_command(*c) for c in (("set_role", "User"), ("deactivate_user",), ("delete_user",))),
    ]
    for end in ways:
        numbers = {}
        for has in (0, 3):
            leaver = AdminFactory()
            for _ in range(has):
                TicketFactory(requester=requester).take(by=leaver)
            with measured() as transactions:
                end(leaver, other_admin)
            leaver.refresh_from_db()
            assert not leaver.is_admin
            numbers[has] = len(transactions)
        assert numbers[3] >= numbers[0] + 3

    assert Ticket.objects.assigned_to(other_admin).count() == 3 * len(ways)


def test_nobody_hands_over_by_deleting_themselves(work, admin, other_admin, client_of):
    client = with_password_typed(client_of(admin), admin)
    answer = client.post(
        reverse("admin:accounts_user_delete", args=[admin.pk]),
        {"understood": "on", "successor": other_admin.pk},
    )

    assert answer.status_code == 409
    assert assignees(work) == [admin, admin, admin]
