"""Inviting by e-mail: one address, one use, 48 hours; and who may."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.errors import AlreadyInvited, HasAccount, InvitationGone, NotAllowed
from accounts.models import Invitation, User
from accounts.models.invitation import hash_of
from accounts.tests.factories import PASSWORD
from accounts.tests.mailbox import mails_to
from helpdesk.models import AuditEvent

NAME = {"first_name": "Mara", "last_name": "Lindqvist"}


@pytest.fixture
def invite(admin):
    """Invite mara@example.com; answer the invitation and the token of its mail."""

    def act(role="User", email="Mara@Example.com", by=admin):
        invitation = Invitation.objects.invite(email, role, by=by, address_of="http://help/{}".format)
        return invitation, token_of(invitation.email)

    return act


def token_of(email):
    body = mails_to(email)[-1].body
    return body.split("http://help/")[1].split()[0]


def test_an_invitation_is_mailed_logged_and_kept_without_its_token(invite, admin):
    invitation, token = invite("Admin")

    event = AuditEvent.objects.last()
    assert (invitation.email, invitation.state) == ("mara@example.com", "Waiting")
    assert invitation.token_hash == hash_of(token)
    assert token not in str(Invitation.objects.values().get())
    assert (event.kind, event.actor, event.data) == (
        "invited",
        admin,
        {"invitation": invitation.pk, "role": "Admin"},
    )
    assert "as an admin" in mails_to("mara@example.com")[0].body


@pytest.mark.parametrize("role", ["User", "Admin"])
def test_accepting_makes_the_account_of_that_address_and_role(invite, role):
    invitation, token = invite(role)

    person = Invitation.objects.usable(token).accept(token, PASSWORD, **NAME)

    invitation.refresh_from_db()
    address = EmailAddress.objects.get(user=person)
    event = AuditEvent.objects.get(person=person)
    assert (person.email, person.role, person.check_password(PASSWORD)) == ("mara@example.com", role, True)
    assert (address.verified, address.primary) == (True, True)
    assert (invitation.state, invitation.person) == ("Accepted", person)
    assert event.data == {"role": role, "invitation": invitation.pk}


def test_a_link_works_once(invite):
    invitation, token = invite()
    late = Invitation.objects.usable(token)
    invitation.accept(token, PASSWORD, **NAME)

    assert Invitation.objects.usable(token) is None
    with pytest.raises(InvitationGone):
        late.accept(token, PASSWORD, **NAME)
    assert User.objects.filter(email="mara@example.com").count() == 1


def test_a_link_works_for_48_hours(invite):
    invitation, token = invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Invitation.objects.usable(token) is None
    with pytest.raises(InvitationGone):
        invitation.accept(token, PASSWORD, **NAME)
    assert abs(invitation.expires_at - timezone.now()) < timedelta(hours=48)


def test_a_withdrawn_link_works_no_more(invite, admin):
    invitation, token = invite()

    invitation.withdraw(by=admin)

    assert Invitation.objects.usable(token) is None
    assert AuditEvent.objects.last().kind == "invite_withdrawn"
    with pytest.raises(InvitationGone):
        invitation.send_again(by=admin, address_of=str)
    assert invite()[0].pk != invitation.pk


def test_sending_again_replaces_the_link(invite, admin):
    invitation, first = invite()

    invitation.send_again(by=admin, address_of="http://help/{}".format)

    second = token_of("mara@example.com")
    assert Invitation.objects.usable(first) is None
    assert Invitation.objects.usable(second) == invitation
    with pytest.raises(InvitationGone):
        invitation.accept(first, PASSWORD, **NAME)


def test_a_known_address_is_not_invited(invite, requester):
    EmailAddress.objects.create(user=requester, email="second@example.com", verified=True)

    for email in (requester.email.upper(), "second@example.com"):
        with pytest.raises(HasAccount):
            invite(email=email)
    assert not Invitation.objects.exists()


def test_an_address_is_invited_once(invite):
    invite()

    with pytest.raises(AlreadyInvited):
        invite(email="MARA@example.com")


def test_an_address_that_got_an_account_meanwhile_keeps_it(invite):
    invitation, token = invite("Admin")
    person = User.objects.create_user("mara@example.com", PASSWORD, **NAME)

    with pytest.raises(HasAccount):
        invitation.accept(token, "another river there", **NAME)

    person.refresh_from_db()
    assert (person.role, person.check_password(PASSWORD)) == ("User", True)


def test_only_those_who_may_change_people_invite(invite, requester):
    invitation, _ = invite()

    with pytest.raises(NotAllowed):
        invite(email="other@example.com", by=requester)
    with pytest.raises(NotAllowed):
        invitation.withdraw(by=requester)
    with pytest.raises(NotAllowed):
        invitation.send_again(by=requester, address_of=str)
    assert Invitation.objects.get().is_waiting


@pytest.mark.parametrize("stop", ["deactivate", "demote"])
def test_who_is_no_admin_any_more_opens_no_door(invite, admin, other_admin, stop):
    invitation, token = invite("Admin")
    if stop == "deactivate":
        admin.deactivate(by=other_admin)
    else:
        admin.set_role("User", by=other_admin)

    assert Invitation.objects.usable(token) is None
    with pytest.raises(InvitationGone):
        invitation.accept(token, PASSWORD, **NAME)

    invitation.send_again(by=other_admin, address_of="http://help/{}".format)
    assert Invitation.objects.usable(token_of("mara@example.com")) is not None
