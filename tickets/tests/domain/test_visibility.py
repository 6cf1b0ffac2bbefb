"""What a person may see: visible_to, and the verbs offered to them."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from accounts.models import User
from accounts.tests.factories import UserFactory
from tickets.models import Ticket, TicketEvent
from tickets.tests.factories import TicketFactory

ALWAYS = {"reply", "note", "change_properties", "redact"}


def again(person):
    """The same person with rights read anew."""
    return User.objects.get(pk=person.pk)


def test_requesters_see_their_own_tickets_and_admins_all(ticket, requester, other_requester, admin):
    theirs = TicketFactory(requester=other_requester)

    assert list(Ticket.objects.visible_to(requester)) == [ticket]
    assert list(Ticket.objects.visible_to(other_requester)) == [theirs]
    assert set(Ticket.objects.visible_to(admin)) == {ticket, theirs}


def test_a_deactivated_person_sees_nothing(ticket, requester, admin):
    requester.deactivate(by=None)

    assert not Ticket.objects.visible_to(again(requester)).exists()


def test_a_demoted_admin_sees_their_own_tickets_only(ticket, admin, other_admin):
    other_admin.set_role("User", by=admin)

    assert not Ticket.objects.visible_to(again(other_admin)).exists()


def test_a_group_of_the_operators_own_may_see_without_working(ticket):
    auditors = Group.objects.create(name="Auditors")
    auditors.permissions.add(Permission.objects.get(codename="view_ticket"))
    auditor = UserFactory()
    auditor.groups.add(auditors)

    assert Ticket.objects.visible_to(again(auditor)).get() == ticket
    assert ticket.verbs_open_to(again(auditor)) == frozenset()


def test_requesters_do_not_hear_of_the_trash(ticket, requester, admin):
    ticket.trash(by=admin)
    ticket.restore(by=admin)

    events = TicketEvent.objects.filter(ticket=ticket)
    assert [event.kind for event in events.visible_to(requester)] == ["submitted"]
    assert [event.kind for event in events.visible_to(admin)] == ["submitted", "trashed", "restored"]


def test_verbs_offered_to_each_along_a_ticket_s_life(ticket, requester, other_requester, admin):
    assert ticket.verbs_open_to(requester) == {"edit", "reply", "withdraw"}
    assert ticket.verbs_open_to(other_requester) == frozenset()
    assert ticket.verbs_open_to(admin) == ALWAYS | {"edit", "assign", "start", "hold", "resolve", "trash"}

    ticket.take(by=admin)
    ticket.resolve(by=admin)
    assert ticket.verbs_open_to(requester) == {"reply", "reopen", "rate"}
    assert ticket.verbs_open_to(admin) == ALWAYS | {"assign", "close", "reopen", "trash"}

    ticket.rate(5, by=requester)
    assert ticket.verbs_open_to(requester) == frozenset()
    assert ticket.verbs_open_to(admin) == ALWAYS | {"reopen", "trash"}

    ticket.trash(by=admin)
    assert ticket.verbs_open_to(admin) == {"restore", "purge", "redact"}


@pytest.mark.django_db
def test_a_guest_has_no_rights_at_all():
    assert not AnonymousUser().has_perm("tickets.view_ticket")
