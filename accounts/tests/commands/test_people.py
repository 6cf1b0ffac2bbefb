import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.models import AdminRequest, User
from accounts.roles import Role
from accounts.tests.factories import PASSWORD
from accounts.tests.mailbox import mails_to

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().strip()


@pytest.fixture
def typed(monkeypatch):
    """Type a line on standard input."""

    def type_line(line):
        monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))

    type_line(PASSWORD)
    return type_line


def create(email="Mara@Example.com", *more):
    return run("create_user", email, "--first-name=Mara", "--surname=Lindqvist", "--password-stdin", *more)


def test_create_user_makes_a_verified_account(typed, client):
    said = create()

    user = User.objects.get()
    assert said == "mara@example.com has an account as User now."
    assert (str(user), user.role) == ("Mara Lindqvist", Role.USER)
    assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).exists()
    assert client.post("/auth/login/", {"login": user.email, "password": PASSWORD}).status_code == 302


def test_create_user_twice_changes_nothing(typed):
    create("mara@example.com", "--role=Admin")
    typed("another river there")

    said = create("MARA@example.com", "--role=Admin")

    assert "Nothing was changed" in said
    assert User.objects.get().check_password(PASSWORD)


def test_create_user_does_not_change_a_role(typed):
    create()

    with pytest.raises(CommandError, match="Use set_role"):
        create("mara@example.com", "--role=Admin")


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("mara", PASSWORD, "valid email"),
        ("mara@example.com", "short", "at least 12"),
        ("mara@example.com", "Mara Lindqvist 1", "your name"),
        ("mara@example.com", "", "at least 12"),
    ],
)
def test_create_user_says_what_is_wrong(typed, email, password, sentence):
    typed(password)

    with pytest.raises(CommandError, match=sentence):
        create(email)

    assert not User.objects.exists()


def test_create_user_without_a_terminal_names_the_option(typed):
    with pytest.raises(CommandError, match="--password-stdin"):
        run("create_user", "mara@example.com", "--first-name=M", "--surname=L")


def test_createsuperuser_makes_an_admin_who_can_sign_in(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    run("createsuperuser", "--no-input", email="Root@example.com", first_name="R", last_name="R")

    user = User.objects.get()
    assert (user.email, user.role, user.is_superuser) == ("root@example.com", Role.ADMIN, True)
    assert EmailAddress.objects.get().verified


def test_changepassword_works(monkeypatch, requester):
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "another river there")

    run("changepassword", requester.email)

    requester.refresh_from_db()
    assert requester.check_password("another river there")


def test_set_role_works_and_may_be_repeated(requester):
    said = [run("set_role", requester.email.upper(), "Admin") for _ in range(2)]

    requester.refresh_from_db()
    assert requester.role == Role.ADMIN
    assert said == [
        f"{requester.email} is Admin now.",
        f"{requester.email} is Admin already. Nothing was changed.",
    ]


def test_set_role_tells_who_had_asked_once(requester):
    requester.ask_to_be_admin()

    for _ in range(2):
        run("set_role", requester.email, "Admin")

    (letter,) = mails_to(requester.email)
    assert "You are an admin" in letter.subject


def test_the_last_admin_cannot_be_removed(admin):
    for command in (("set_role", admin.email, "User"), ("deactivate_user", admin.email)):
        with pytest.raises(CommandError, match="only active admin"):
            run(*command)

    admin.refresh_from_db()
    assert admin.is_admin


def test_grant_admin_grants_the_request_that_waits(requester):
    requester.ask_to_be_admin()

    said = [run("grant_admin", requester.email) for _ in range(2)]

    requester.refresh_from_db()
    assert requester.role == Role.ADMIN
    assert AdminRequest.objects.get().outcome == "granted"
    assert "is granted" in said[0]
    assert "already" in said[1]
    assert len(mails_to(requester.email)) == 1


def test_grant_admin_works_without_a_request(requester):
    assert "had not asked" in run("grant_admin", requester.email)

    requester.refresh_from_db()
    assert requester.role == Role.ADMIN


def test_waiting_requests_are_listed(requester):
    empty = run("list_admin_requests")
    requester.ask_to_be_admin()

    assert empty == "Nobody is waiting."
    assert requester.email in run("list_admin_requests")


def test_an_account_is_closed_and_opened_again(requester):
    said = [
        run(c, requester.email)
        for c in ("deactivate_user", "deactivate_user", "activate_user", "activate_user")
    ]

    requester.refresh_from_db()
    assert requester.is_active
    assert [("Nothing was changed" in text) for text in said] == [False, True, False, True]


@pytest.mark.parametrize("command", ["set_role", "grant_admin", "deactivate_user", "activate_user"])
def test_an_unknown_address_is_said(db, command):
    arguments = ["Admin"] if command == "set_role" else []

    with pytest.raises(CommandError, match="Nobody has an account"):
        run(command, "nobody@example.com", *arguments)


def test_a_role_nobody_knows_is_refused(requester):
    with pytest.raises(CommandError, match="invalid choice"):
        run("set_role", requester.email, "Boss")
