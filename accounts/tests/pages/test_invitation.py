"""The page behind an invitation's link."""

import pytest
from django.test import Client

from accounts.inviting import invitation_address
from accounts.models import Invitation, User
from accounts.tests.factories import PASSWORD
from accounts.tests.mailbox import link_in, mails_to

FORM = {"first_name": "Mara", "last_name": "Lindqvist", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def link(console):
    console.post("/admin/accounts/invitation/invite/", {"email": "mara@example.com", "role": "User"})
    return link_in(mails_to("mara@example.com")[0])


def test_the_link_leads_to_a_form_that_makes_the_account_and_signs_in(link, client):
    page = client.get(link).content.decode()
    assert "mara@example.com" in page
    assert not User.objects.filter(email="mara@example.com").exists()

    answer = client.post(link, FORM)

    assert answer.status_code == 302
    person = User.objects.get(email="mara@example.com")
    assert (str(person), person.role) == ("Mara Lindqvist", "User")
    assert client.get("/tickets/").context["user"] == person


def test_the_session_gets_a_new_key(link, client):
    client.get("/auth/login/")
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key

    client.post(link, FORM)

    assert client.session.session_key != before


def test_the_page_is_not_kept_and_its_address_not_told(link, client):
    answer = client.get(link)

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_address_and_the_role_are_the_invitations(link, client):
    client.post(link, FORM | {"email": "eve@example.com", "role": "Admin", "is_staff": "on"})

    person = User.objects.get(email="mara@example.com")
    assert (person.role, person.is_superuser) == ("User", False)
    assert not User.objects.filter(email="eve@example.com").exists()


def test_a_link_used_twice_is_a_404(link, client):
    client.post(link, FORM)

    assert Client().get(link).status_code == 404
    assert Client().post(link, FORM).status_code == 404


@pytest.mark.parametrize("token", [" ", "%20", "null", "0", "None", "x" * 10_000, "%00", "é", "a'--"])
def test_what_is_no_token_is_a_404(token, link, client):
    assert client.get(f"/auth/invitation/{token}/").status_code == 404
    assert client.post(f"/auth/invitation/{token}/", FORM).status_code == 404


def test_no_token_at_all_is_a_404(link, client):
    assert client.get("/auth/invitation/").status_code == 404
    assert client.get("/auth/invitation//").status_code == 404


def test_the_hash_is_no_token(link, client):
    assert client.get(f"/auth/invitation/{Invitation.objects.get().token_hash}/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "mara@example.com", "password2": "mara@example.com"}, "password1"),
        ({"password2": "something else here"}, "password2"),
        ({"first_name": ""}, "first_name"),
        ({"last_name": "x\ny"}, "last_name"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_the_link_stays_good(wrong, field, link, client):
    answer = client.post(link, FORM | wrong)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Invitation.objects.get().is_waiting
    assert client.post(link, FORM).status_code == 302


def test_somebody_signed_in_is_asked_to_sign_out(link, requester, client_of):
    browser = client_of(requester)

    for answer in (browser.get(link), browser.post(link, FORM)):
        assert f"signed in as {requester.email}" in answer.content.decode()
    assert Invitation.objects.get().is_waiting


def test_who_got_an_account_meanwhile_is_told_to_sign_in(link, client):
    User.objects.create_user("mara@example.com", PASSWORD, first_name="M", last_name="L")

    answer = client.post(link, FORM)

    assert "Sign in with it" in answer.content.decode()


def test_who_has_an_account_already_finds_the_name_and_signs_in_to_it(admin, client):
    person = Invitation.objects.invite_caller(
        "mara@example.com", first_name="Mara", last_name="Lindquist", by=admin, address_of=invitation_address
    )
    link = link_in(mails_to("mara@example.com")[0])
    assert 'value="Lindquist"' in client.get(link).content.decode()

    client.post(link, FORM)

    assert client.get("/tickets/").context["user"] == person
    person.refresh_from_db()
    assert str(person) == "Mara Lindqvist"
