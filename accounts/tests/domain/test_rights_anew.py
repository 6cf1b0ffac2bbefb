"""Who may change accounts is asked once a verb holds its locks, not when its page was begun."""

import pytest

from accounts.errors import NotAllowed
from accounts.models import Invitation, User
from accounts.roles import Role
from helpdesk.models import AuditEvent

VERBS = {
    "grant": lambda person, by: person.admin_requests.get().grant(by=by),
    "refuse": lambda person, by: person.admin_requests.get().refuse(by=by),
    "set_role": lambda person, by: person.set_role(Role.ADMIN, by=by),
    "rename": lambda person, by: person.rename("Ron", "Renamed", by=by),
    "change_email": lambda person, by: person.change_email("stranger@example.com", by=by),
    "deactivate": lambda person, by: person.deactivate(by=by),
    "activate": lambda person, by: person.activate(by=by),
    "delete": lambda person, by: person.delete_account(by=by),
    "invite": lambda person, by: Invitation.objects.invite("new@example.com", "Admin", by=by, address_of=str),
    "send_again": lambda person, by: Invitation.objects.get().send_again(by=by, address_of=str),
    "withdraw": lambda person, by: Invitation.objects.get().withdraw(by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_an_admin_who_was_made_a_user_meanwhile_changes_nothing(requester, admin, other_admin, verb):
    requester.ask_to_be_admin()
    Invitation.objects.invite("waiting@example.com", "User", by=other_admin, address_of=str)
    acting = User.objects.get(pk=admin.pk)
    assert acting.has_perm("accounts.change_user")
    User.objects.get(pk=admin.pk).set_role(Role.USER, by=other_admin)
    before = list(User.objects.order_by("pk").values()), list(Invitation.objects.values())

    with pytest.raises(NotAllowed):
        VERBS[verb](requester, acting)

    assert (list(User.objects.order_by("pk").values()), list(Invitation.objects.values())) == before


def test_a_name_saved_unchanged_is_no_change(requester, admin):
    def changes():
        return list(AuditEvent.objects.filter(person=requester, actor=admin).values_list("kind", flat=True))

    requester.rename("Rita", "Requester", by=admin)
    unchanged = changes()
    requester.rename("Rosa", "Requester", by=admin)

    assert (unchanged, changes()) == ([], ["renamed"])


def test_everybody_renames_themselves(requester):
    requester.rename("Rosa", "Renamed", by=User.objects.get(pk=requester.pk))

    assert str(User.objects.get(pk=requester.pk)) == "Rosa Renamed"
