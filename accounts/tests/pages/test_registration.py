import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.core import mail

from accounts.models import AdminRequest, User
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
pytestmark = pytest.mark.django_db


def texts(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_registering_makes_a_user_and_asks_them_to_sign_in(client):
    response = client.post(URL, NEW)

    assert (response.status_code, response["Location"]) == (302, "/auth/login/")
    user = User.objects.get(email="mara@example.com")
    assert (user.role, str(user)) == (Role.USER, "Mara Lindqvist")
    assert [group.name for group in user.groups.all()] == ["User"]
    assert not EmailAddress.objects.get(user=user, primary=True).verified
    assert "_auth_user_id" not in client.session
    assert texts(response) == ["You are registered. Please sign in."]


def test_one_can_sign_in_after_registering(client):
    client.post(URL, NEW)

    response = client.post("/auth/login/", {"login": "MARA@example.com", "password": NEW["password1"]})

    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_page_one_wanted_is_kept_through_registration(client):
    page = client.get(URL + "?next=/tickets/new/").content.decode()
    response = client.post(URL + "?next=/tickets/new/", NEW)

    assert 'href="/auth/login/?next=%2Ftickets%2Fnew%2F"' in page
    assert response["Location"] == "/auth/login/?next=%2Ftickets%2Fnew%2F"


@pytest.mark.parametrize("url", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil"])
def test_a_foreign_page_is_not_kept(client, url):
    response = client.post(f"{URL}?next={url}", NEW)

    assert response["Location"] == "/auth/login/"


def test_the_old_address_leads_to_the_page(client):
    assert client.get("/auth/signup/?next=/tickets/")["Location"] == "/auth/register/?next=/tickets/"


def test_posting_without_the_slash_registers_as_well(client):
    client.post("/auth/register", NEW)

    assert User.objects.filter(email="mara@example.com").exists()


def test_a_signed_in_person_is_sent_home(client_of, requester):
    assert client_of(requester).get(URL)["Location"] == "/"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("first_name", "", "required"),
        ("first_name", "A\nBcc: x@example.com", "Write one line"),
        ("first_name", "nul\0", "Null characters"),
        ("last_name", "x" * 151, "at most 150"),
        ("email", "mara", "valid email"),
        ("email", "adm\u0130n@example.com", "valid email"),
        ("email", '"ma\x0bra"@example.com', "No mail can be sent"),
        ("email", '"ma\\\x01ra"@example.com', "No mail can be sent"),
        ("email", "\u017f@example.com", "No mail can be sent"),
        ("email", "a" * 250 + "@example.com", "at most 254"),
        ("password1", "short one", "at least 12"),
        ("password1", "x" * 1025, "at most 1024"),
        ("password1", "passwordpassword", "repeats itself"),
        ("password1", "mara lindqvist 1", "your name"),
        ("password2", "another river there", "do not match"),
        ("role", "Admin ", "valid choice"),
        ("role", "Superuser", "valid choice"),
        ("role", "", "required"),
    ],
)
def test_what_is_refused_is_said_beside_the_field(client, field, value, error):
    typed = {**NEW, field: value}
    if field == "password1":
        typed["password2"] = value

    response = client.post(URL, typed)

    assert response.status_code == 200
    assert any(error in text for text in response.context["form"].errors[field])
    assert not User.objects.exists()
    assert NEW["password1"] not in response.content.decode()


def test_rights_smuggled_in_are_ignored(client, admin):
    client.post(
        URL,
        {
            **NEW,
            "is_staff": "1",
            "is_superuser": "1",
            "groups": "2",
            "role[]": "Admin",
            "is_active": "0",
            "id": "1",
        },
    )

    user = User.objects.get(email="mara@example.com")
    assert (user.role, user.is_staff, user.is_superuser, user.is_active) == (Role.USER, False, False, True)
    assert not AdminRequest.objects.exists()


def test_a_role_in_json_makes_nobody(client):
    response = client.post(URL, {**NEW, "role": "Admin"}, content_type="application/json")

    assert response.status_code == 200
    assert not User.objects.exists()


def test_registering_as_admin_makes_a_user_and_a_request_the_admins_hear_of(client, admin, other_admin):
    other_admin.deactivate(by=None)

    response = client.post(URL, {**NEW, "role": "Admin"})

    user = User.objects.get(email="mara@example.com")
    assert (user.role, user.asks_to_be_admin) == (Role.USER, True)
    assert not user.can_work_tickets
    assert "An admin will decide" in texts(response)[0]
    (letter,) = mail.outbox
    assert letter.to == [admin.email]
    assert "Mara Lindqvist (mara@example.com)" in letter.body


def test_the_first_admin_of_an_installation_is_one_at_once(client, requester):
    response = client.post(URL, {**NEW, "role": "Admin"})

    user = User.objects.get(email="mara@example.com")
    assert (user.role, user.is_superuser) == (Role.ADMIN, False)
    assert user.can_work_tickets
    assert not AdminRequest.objects.exists()
    assert "the first admin" in texts(response)[0]


def test_an_operator_may_refuse_a_first_admin_by_registration(client, settings):
    settings.FIRST_ADMIN_BY_REGISTRATION = False

    client.post(URL, {**NEW, "role": "Admin"})

    user = User.objects.get()
    assert (user.role, user.asks_to_be_admin) == (Role.USER, True)


@pytest.mark.parametrize("role", ["User", "Admin"])
@pytest.mark.parametrize("verification", ["none", "mandatory"])
def test_a_known_address_gets_the_same_answer_as_a_new_one(
    client, client_of, settings, requester, role, verification
):
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    password = requester.password

    new = client.post(URL, {**NEW, "role": role})
    known = client_of(None).post(URL, {**NEW, "role": role, "email": requester.email.upper()})

    requester.refresh_from_db()
    assert (new.status_code, new["Location"], new.content) == (
        known.status_code,
        known["Location"],
        known.content,
    )
    assert new.headers.keys() == known.headers.keys()
    if role == "User":
        assert texts(new) == texts(known)
    assert (requester.password, requester.first_name) == (password, "Rita")
    assert User.objects.count() == 2


def test_a_known_address_is_not_told_from_a_new_one_where_an_admin_is_missing(client_of, requester):
    known = client_of(None).post(URL, {**NEW, "role": "Admin", "email": requester.email})
    new = client_of(None).post(URL, {**NEW, "role": "Admin"})

    assert texts(known) == texts(new)


def test_the_owner_of_a_known_address_is_told_once_an_hour(client, requester):
    for _ in range(3):
        client.post(URL, {**NEW, "email": requester.email})

    (letter,) = mails_to(requester.email)
    assert letter.subject == "[Helpdesk] Somebody tried to use your address"
    assert link_in(letter) == "/auth/password/reset/"
    assert "Mara" not in letter.body


def test_one_network_registers_twenty_people_an_hour(client):
    for number in range(20):
        client.post(URL, {**NEW, "email": f"p{number}@example.com"})

    response = client.post(URL, {**NEW, "email": "p20@example.com"})

    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3601
    assert "Too many people" in response.content.decode()
    assert 'value="p20@example.com"' in response.content.decode()
    assert User.objects.count() == 20


def test_a_form_with_mistakes_does_not_count_against_the_limit(client):
    for _ in range(25):
        client.post(URL, {**NEW, "email": "mistake"})

    assert client.post(URL, NEW).status_code == 302


def test_with_verification_the_link_must_be_opened_before_signing_in(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    credentials = {"login": NEW["email"], "password": NEW["password1"]}

    registered = client.post(URL, {**NEW, "role": "Admin"})
    refused = client.post("/auth/login/", credentials)
    link = link_in(mails_to(NEW["email"])[0])
    shown = client.get(link).content.decode()
    untouched = EmailAddress.objects.get().verified
    confirmed = client.post(link, {"password": NEW["password1"]})
    signed_in = client.post("/auth/login/", credentials)

    assert "Open the link" in texts(registered)[0]
    assert refused["Location"] == "/auth/confirm-email/"
    assert "mara@example.com</b>" in shown
    assert not untouched
    assert confirmed["Location"] == "/auth/login/"
    assert signed_in["Location"] == "/"
    assert "no longer works" in client.get(link).content.decode()


def test_a_broken_link_says_what_to_do(client):
    page = client.get("/auth/confirm-email/no-such:key/")

    assert "no longer works" in page.content.decode()


def test_the_spellings_of_a_domain_are_one_account(client):
    client.post(URL, NEW | {"email": "info@bücher.example"})
    client.post(URL, NEW | {"email": "INFO@xn--bcher-kva.example"})

    account = User.objects.get()
    assert account.email == "info@bücher.example"
    assert EmailAddress.objects.get().email == account.email
    for login in ("info@xn--bcher-kva.example", "info@BÜCHER.example", "info@bu\u0308cher.example"):
        client.logout()
        assert client.post("/auth/login/", {"login": login, "password": NEW["password1"]})["Location"] == "/"


@pytest.mark.parametrize(
    "email", ["adm\u0130n@example.com", '"a\x0bb"@example.com', '"a\\\x01b"@example.com']
)
def test_what_no_mail_can_be_sent_to_does_not_register(client, email):
    answer = client.post(URL, NEW | {"email": email})

    assert answer.status_code == 200
    assert not User.objects.exists()
