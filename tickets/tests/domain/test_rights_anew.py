"""Rights are those of the moment a verb holds its lock, not those of the page it was begun on."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tickets.errors import NotAllowed
from tickets.models import Organisation, Ticket
from tickets.tests.factories import RequestTypeFactory

# What an admin does to somebody's open ticket.
VERBS = {
    "assign": lambda ticket, by: ticket.assign(by, by=by),
    "take": lambda ticket, by: ticket.take(by=by),
    "note": lambda ticket, by: ticket.note("Seen.", by=by),
    "reply": lambda ticket, by: ticket.reply("Seen.", by=by),
    "trash": lambda ticket, by: ticket.trash(by=by),
    "edit": lambda ticket, by: ticket.edit(by=by, title="Changed"),
}


def with_rights_known(person):
    """The person as a page knows them that has asked for their rights already."""
    known = User.objects.get(pk=person.pk)
    assert known.has_perm("tickets.add_ticket")
    return known


@pytest.mark.parametrize("verb", VERBS)
def test_an_admin_who_was_made_a_user_meanwhile_changes_nothing(ticket, admin, other_admin, verb):
    acting, before = with_rights_known(admin), ticket.events.count()
    User.objects.get(pk=admin.pk).set_role(Role.USER, by=other_admin)

    with pytest.raises(NotAllowed):
        VERBS[verb](ticket, acting)

    assert ticket.events.count() == before
    assert not acting.can_work_tickets


@pytest.mark.parametrize(
    "verb",
    [
        lambda by: Organisation(pk=1, name="Nord").revise(by=by),
        lambda by: Organisation.dismiss_first_steps(by=by),
    ],
)
def test_the_organisation_is_changed_by_who_may_now(verb, admin, other_admin):
    acting = with_rights_known(admin)
    User.objects.get(pk=admin.pk).set_role(Role.USER, by=other_admin)

    with pytest.raises(NotAllowed):
        verb(acting)

    assert not Organisation.objects.exclude(name="", first_steps_dismissed_at=None).exists()


def test_a_requester_whose_account_was_closed_meanwhile_writes_nothing(ticket, requester, admin):
    acting = with_rights_known(requester)
    User.objects.get(pk=requester.pk).deactivate(by=admin)

    with pytest.raises(NotAllowed):
        ticket.reply("Hello?", by=acting)
    with pytest.raises(NotAllowed):
        Ticket.submit(
            title="Another",
            description="One.",
            request_type=RequestTypeFactory(),
            requester=acting,
            by=acting,
        )


def test_a_right_that_was_given_meanwhile_counts(ticket, requester, admin):
    acting = with_rights_known(requester)
    User.objects.get(pk=requester.pk).set_role(Role.ADMIN, by=admin)

    ticket.note("Seen.", by=acting)

    assert acting.can_work_tickets
