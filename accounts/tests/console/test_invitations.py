"""Inviting in the console: who is invited, withdrawn, asked again; who may; how often."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import Invitation, User
from accounts.tests.mailbox import mails_to
from helpdesk.tests.plugin import with_password_typed

LIST = "/admin/accounts/invitation/"


def invite(console, email="mara@example.com", role="User"):
    return console.post(f"{LIST}invite/", {"email": email, "role": role})


def listed(console, **filters):
    return [row.email for row in console.get(LIST, filters).context["page"].rows]


def test_an_invited_address_is_listed_with_what_can_be_done(console):
    assert invite(console).url == LIST

    page = console.get(LIST).content.decode()
    assert "mara@example.com" in page
    assert "Send again" in page
    assert "Withdraw" in page
    assert "/auth/invitation/" not in page


@pytest.mark.parametrize(
    ("email", "role", "status"),
    [("nobody", "User", 200), ("", "User", 200), ("m@example.com", "Boss", 200), ("KNOWN", "User", 409)],
)
def test_what_cannot_be_is_said_beside_its_field(email, role, status, console, requester):
    answer = invite(console, requester.email if email == "KNOWN" else email, role)

    assert answer.status_code == status
    assert answer.context["form"].errors
    assert not Invitation.objects.exists()


def test_an_address_with_an_account_says_so(console, requester):
    assert "already has an account" in invite(console, requester.email).content.decode()


def test_an_address_invited_twice_says_so(console):
    invite(console)

    answer = invite(console, "MARA@example.com")

    assert answer.status_code == 409
    assert "invited already" in answer.content.decode()


def test_withdrawing_and_sending_again(console):
    invite(console)
    pk = Invitation.objects.get().pk

    assert console.post(f"{LIST}{pk}/send/").url == LIST
    assert len(mails_to("mara@example.com")) == 2
    assert console.post(f"{LIST}{pk}/withdraw/").url == LIST

    assert Invitation.objects.get().state == "Withdrawn"
    assert console.post(f"{LIST}{pk}/withdraw/").status_code == 409
    assert console.post(f"{LIST}{pk}/send/").status_code == 409
    assert (listed(console), listed(console, state="withdrawn")) == ([], ["mara@example.com"])
    assert console.post(f"{LIST}999/send/").status_code == 404


def test_an_address_is_not_flooded(console):
    invite(console)
    pk = Invitation.objects.get().pk

    answers = [console.post(f"{LIST}{pk}/send/").status_code for _ in range(6)]

    assert answers == [302] * 4 + [409] * 2
    assert len(mails_to("mara@example.com")) == 5


def test_one_admin_sends_a_hundred_an_hour(console, monkeypatch):
    from accounts import inviting
    from accounts.rate_limits import Limit

    monkeypatch.setattr(inviting, "INVITATIONS", Limit("few", "2/h/key"))

    answers = [invite(console, f"p{number}@example.com").status_code for number in range(3)]

    assert answers == [302, 302, 429]


@pytest.fixture
def looker(requester):
    """Staff in a group of the operator's own, who may look at people and change nothing."""
    group = Group.objects.create(name="Lookers")
    names = ["view_ticket", "view_user", "view_invitation"]
    group.permissions.add(*Permission.objects.filter(codename__in=names))
    requester.groups.add(group)
    User.objects.filter(pk=requester.pk).update(is_staff=True)
    return User.objects.get(pk=requester.pk)


def test_who_may_only_look_sees_the_list_and_changes_nothing(looker, console, client_of):
    invite(console)
    pk = Invitation.objects.get().pk
    browser = with_password_typed(client_of(looker), looker)

    page = browser.get(LIST).content.decode()

    assert "mara@example.com" in page
    assert "Invite somebody" not in page
    assert "Withdraw<" not in page
    assert invite(browser, "other@example.com").status_code == 403
    for verb in ("send", "withdraw"):
        assert browser.post(f"{LIST}{pk}/{verb}/").status_code == 403


def test_users_find_nothing_here(requester, console, client_of):
    invite(console)
    browser, pk = client_of(requester), Invitation.objects.get().pk

    assert browser.get(LIST).status_code == 404
    for address in (f"{LIST}invite/", f"{LIST}{pk}/send/", f"{LIST}{pk}/withdraw/"):
        assert browser.post(address).status_code == 404
