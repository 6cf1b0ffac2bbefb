"""An address counts once its owner has shown that the account is theirs as well."""

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.core import mail

from accounts.models import AdminRequest, User
from accounts.roles import Role
from accounts.tests.mailbox import link_in, mails_to

URL = "/auth/register/"
CHOSEN, OTHER = "quiet river under stones", "green lantern on a hill"
COLLEAGUE = {
    "first_name": "Mara",
    "last_name": "Lindqvist",
    "email": "mara@example.com",
    "password1": CHOSEN,
    "password2": CHOSEN,
    "role": "Admin",
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mandatory(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.fixture
def link(client_of, admin):
    """Where the mail leads that somebody gets whose address was registered as Admin."""
    client_of(None).post(URL, COLLEAGUE)
    (letter,) = mails_to(COLLEAGUE["email"])
    return link_in(letter)


def registered():
    return User.objects.get(email=COLLEAGUE["email"])


def test_a_request_does_not_count_before_the_address_is_confirmed(console, link, admin):
    wish = AdminRequest.objects.get()

    decided = console.post(f"/admin/accounts/adminrequest/{wish.pk}/grant/")

    assert mails_to(admin.email) == []
    assert list(console.get("/admin/accounts/adminrequest/").context["waiting"]) == []
    assert decided.status_code == 409
    assert "has not confirmed their address" in decided.content.decode()
    assert (
        "Nobody has confirmed yet"
        in console.get(f"/admin/accounts/user/{wish.user_id}/change/").content.decode()
    )
    assert registered().role == Role.USER


def test_it_counts_from_then_on_and_the_admins_hear_of_it_once(client, console, link, admin):
    client.post(link, {"password": CHOSEN})
    client.post(link, {"password": CHOSEN})

    (letter,) = mails_to(admin.email)
    assert "Mara Lindqvist (mara@example.com)" in letter.body
    (wish,) = console.get("/admin/accounts/adminrequest/").context["waiting"]
    wish.grant(by=admin)
    assert registered().role == Role.ADMIN


@pytest.mark.parametrize("typed", ["", OTHER])
def test_the_link_without_the_password_confirms_nothing(client, link, admin, typed):
    answer = client.post(link, {"password": typed})

    assert answer.status_code == 200
    assert "Is <b" in answer.content.decode()
    assert not registered().has_confirmed_email
    assert mails_to(admin.email) == []


def test_a_colleague_in_whose_name_a_stranger_registered_takes_the_account_over(client, client_of, link):
    client.post("/auth/password/reset/", {"email": COLLEAGUE["email"]})
    reset = link_in(mail.outbox[-1])
    page = client.get(reset, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": OTHER, "password2": OTHER})

    assert client.post(link, {"password": OTHER}).status_code == 302

    assert registered().has_confirmed_email
    sign_in = {"login": COLLEAGUE["email"], "password": CHOSEN}
    assert client_of(None).post("/auth/login/", sign_in).status_code == 200


def test_whoever_is_signed_in_with_the_account_is_not_asked(client_of, requester):
    address = requester.ask_to_change_email("new@example.com")
    client = client_of(requester)
    key = EmailConfirmationHMAC(address).key
    page = client.get(f"/auth/confirm-email/{key}/").content.decode()
    client.post(f"/auth/confirm-email/{key}/")

    requester.refresh_from_db()
    assert "password" not in page.split("<main", 1)[1]
    assert requester.email == "new@example.com"


def test_guessing_the_password_at_the_link_is_counted_as_at_sign_in(client, link):
    statuses = [client.post(link, {"password": f"{OTHER} {number}"}).status_code for number in range(6)]

    assert statuses == [200] * 5 + [429]
