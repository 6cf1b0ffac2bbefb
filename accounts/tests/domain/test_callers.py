"""An account made for somebody who asks for help by telephone: without a password, until they accept an invitation."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.errors import HasAccount, InvitationGone, NotAllowed
from accounts.models import Invitation, User
from accounts.tests.factories import PASSWORD, UserFactory
from accounts.tests.mailbox import mails_to
from helpdesk.models import AuditEvent

MARA = {"first_name": "Mara", "last_name": "Lindquist"}
CORRECTED = {"first_name": "Mara", "last_name": "Lindqvist"}


@pytest.fixture
def invite_caller(admin):
    def act(email="Mara@Example.com", by=admin, **name):
        return Invitation.objects.invite_caller(
            email, **(MARA | name), by=by, address_of="http://help/{}".format
        )

    return act


def token_of(email="mara@example.com"):
    return mails_to(email)[-1].body.split("http://help/")[1].split()[0]


def test_a_caller_gets_an_account_without_a_password_and_an_invitation(invite_caller, admin):
    person = invite_caller()

    assert (person.email, str(person), person.role) == ("mara@example.com", "Mara Lindquist", "User")
    assert person.is_active
    assert not person.has_usable_password()
    assert not EmailAddress.objects.get(user=person).verified
    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.role, invitation.state) == (person, "User", "Waiting")
    assert [(event.kind, event.actor) for event in AuditEvent.objects.filter(person=person)] == [
        ("created", admin),
        ("invited", admin),
    ]
    assert "made an account for you" in mails_to("mara@example.com")[0].body


def test_the_link_lets_them_choose_a_password_and_correct_the_name(invite_caller):
    person = invite_caller()
    token = token_of()

    accepted = Invitation.objects.usable(token).accept(token, PASSWORD, **CORRECTED)

    assert accepted == person
    person.refresh_from_db()
    assert (str(person), person.check_password(PASSWORD), person.role) == ("Mara Lindqvist", True, "User")
    assert EmailAddress.objects.get(user=person).verified
    assert Invitation.objects.get().state == "Accepted"
    event = AuditEvent.objects.last()
    assert (event.kind, event.person, event.actor) == ("invite_accepted", person, person)
    assert Invitation.objects.usable(token) is None


@pytest.mark.parametrize("change", ["password", "address", "deactivated"])
def test_the_link_does_not_open_an_account_in_use(invite_caller, change):
    person = invite_caller()
    token = token_of()
    before = Invitation.objects.usable(token)
    if change == "password":
        person.set_password("something else entirely")
        person.save(update_fields=["password"])
    elif change == "address":
        person.change_email("mara.l@example.com", by=None)
    else:
        person.deactivate(by=None)

    assert Invitation.objects.usable(token) is None
    with pytest.raises(InvitationGone):
        before.accept(token, PASSWORD, **CORRECTED)
    person.refresh_from_db()
    assert not person.check_password(PASSWORD)


def test_it_can_be_sent_again_until_there_is_a_password(invite_caller, admin):
    person = invite_caller()
    invitation = Invitation.objects.get()

    invitation.send_again(by=admin, address_of="http://help/{}".format)
    token = token_of()
    Invitation.objects.usable(token).accept(token, PASSWORD, **CORRECTED)

    assert len(mails_to(person.email)) == 2
    with pytest.raises(InvitationGone):
        invitation.send_again(by=admin, address_of="http://help/{}".format)


def test_who_has_chosen_a_password_elsewhere_is_not_invited_again(invite_caller, admin):
    person = invite_caller()
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])

    with pytest.raises(HasAccount):
        Invitation.objects.get().send_again(by=admin, address_of=str)


def test_an_invitation_that_waits_becomes_theirs_with_its_link_and_role(invite_caller, admin):
    Invitation.objects.invite("mara@example.com", "Admin", by=admin, address_of="http://help/{}".format)
    token = token_of()

    person = invite_caller()

    assert (person.role, len(mails_to(person.email))) == ("User", 1)
    accepted = Invitation.objects.usable(token).accept(token, PASSWORD, **CORRECTED)
    assert (accepted, accepted.role) == (person, "Admin")


def test_one_that_has_expired_is_sent_anew_for_a_user(invite_caller, admin):
    Invitation.objects.invite("mara@example.com", "Admin", by=admin, address_of="http://help/{}".format)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    person = invite_caller()

    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.role, invitation.state) == (person, "User", "Waiting")


def test_a_link_opened_before_the_account_was_made_still_works_afterwards(invite_caller, admin):
    Invitation.objects.invite("mara@example.com", "User", by=admin, address_of="http://help/{}".format)
    token = token_of()
    opened = Invitation.objects.usable(token)
    person = invite_caller()

    with pytest.raises(HasAccount):
        opened.accept(token, PASSWORD, **CORRECTED)

    assert Invitation.objects.usable(token).accept(token, PASSWORD, **CORRECTED) == person


def test_a_known_address_is_refused(invite_caller):
    other = UserFactory(email="mara@example.com")
    with pytest.raises(HasAccount):
        invite_caller()
    other.change_email("else@example.com", by=None)
    EmailAddress.objects.create(user=other, email="mara@example.com", verified=True, primary=False)
    with pytest.raises(HasAccount):
        invite_caller()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"first_name": ""}, {"last_name": "x" * 151}])
def test_what_cannot_be_leaves_nothing_behind(invite_caller, wrong):
    people = User.objects.count()

    with pytest.raises(ValidationError):
        invite_caller(**wrong)

    assert (User.objects.count(), Invitation.objects.count()) == (people, 0)


def test_only_those_who_may_change_people_invite(invite_caller, requester):
    with pytest.raises(NotAllowed):
        invite_caller(by=requester)
    assert not User.objects.filter(email="mara@example.com").exists()
