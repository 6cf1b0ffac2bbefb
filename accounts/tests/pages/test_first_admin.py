"""Where addresses must be confirmed, nobody is the first admin before theirs is."""

import pytest
from django.contrib.messages import get_messages

from accounts.models import User
from accounts.roles import Role
from accounts.tests.mailbox import link_in, mails_to

URL = "/auth/register/"
NEW = {
    "first_name": "Mara",
    "last_name": "Lindqvist",
    "email": "mara@example.com",
    "password1": "quiet river under stones",
    "password2": "quiet river under stones",
    "role": "User",
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("verified")]


def texts(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def verified(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def confirm(client, email):
    link = link_in(next(letter for letter in mails_to(email) if "/confirm-email/" in letter.body))
    return client.post(link, {"password": NEW["password1"]})


def test_with_verification_the_first_admin_is_one_when_the_address_is_confirmed(client):
    registered = client.post(URL, {**NEW, "role": "Admin"})
    before = User.objects.get()

    confirmed = confirm(client, NEW["email"])

    after = User.objects.get()
    assert before.role == Role.USER
    assert "Opening it makes you the first admin" in texts(registered)[0]
    assert (after.role, after.can_work_tickets) == (Role.ADMIN, True)
    assert "You are the first admin of this help desk." in texts(confirmed)


def test_with_verification_only_the_first_to_confirm_becomes_an_admin(client, client_of):
    for email in ("stranger@example.com", "owner@example.com"):
        client_of(None).post(URL, {**NEW, "email": email, "role": "Admin"})

    confirm(client_of(None), "owner@example.com")
    late = confirm(client_of(None), "stranger@example.com")

    stranger = User.objects.get(email="stranger@example.com")
    assert User.objects.get(email="owner@example.com").is_admin
    assert (stranger.role, stranger.asks_to_be_admin) == ("User", True)
    assert not any("first admin" in text for text in texts(late))


def test_a_confirmed_address_makes_no_admin_where_the_operator_says_so(client, settings):
    settings.FIRST_ADMIN_BY_REGISTRATION = False
    registered = client.post(URL, {**NEW, "role": "Admin"})

    confirm(client, NEW["email"])

    assert "An admin will decide" in texts(registered)[0]
    assert (User.objects.get().role, User.objects.get().asks_to_be_admin) == ("User", True)


def test_a_closed_account_does_not_become_the_first_admin(client):
    client.post(URL, {**NEW, "role": "Admin"})
    User.objects.get().deactivate(by=None)

    confirm(client, NEW["email"])

    assert not User.objects.get().is_staff


def test_who_registers_as_user_confirms_and_stays_one(client):
    client.post(URL, NEW)

    confirm(client, NEW["email"])

    assert User.objects.get().role == Role.USER


def test_the_owner_after_a_mistyped_address_becomes_the_first_admin(client_of):
    client_of(None).post(URL, {**NEW, "email": "mraa@example.com", "role": "Admin"})
    client_of(None).post(URL, {**NEW, "role": "Admin"})

    confirm(client_of(None), NEW["email"])

    assert [person.email for person in User.objects.admins()] == [NEW["email"]]


def test_a_link_whose_address_was_replaced_changes_nothing(client, admin):
    client.post(URL, {**NEW, "role": "User"})
    person = User.objects.get(email=NEW["email"])
    person.change_email("right@example.com", by=admin)

    confirm(client, NEW["email"])

    person.refresh_from_db()
    assert (person.email, person.emailaddress_set.count()) == ("right@example.com", 1)
