"""One person in the console: details, role, address, closing the account; and what is refused."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from helpdesk.models import AuditEvent


@pytest.fixture
def mailed_at_once(settings):
    """Deliver each message when its transaction commits, without a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def address(person, page="change"):
    return f"/admin/accounts/user/{person.pk}/{page}/"


def form(person, **changed):
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "role": person.role,
        **changed,
    }


def history(person):
    """What was done to the account after it was made."""
    events = AuditEvent.objects.filter(person=person).exclude(kind="created")
    return list(events.values_list("kind", flat=True))


def test_changing_the_name_is_kept_in_the_history(console, requester, admin):
    answer = console.post(address(requester), form(requester, first_name="Rosa"))

    assert answer.url == address(requester)
    requester.refresh_from_db()
    assert requester.first_name == "Rosa"
    assert history(requester) == ["renamed"]
    page = console.get(address(requester, "history")).content.decode()
    assert "Name changed" in page
    assert "Ada Admin" in page


def test_a_name_of_two_lines_is_refused_beside_the_field(console, requester):
    answer = console.post(address(requester), form(requester, last_name="R\nBcc: all@example.com"))

    requester.refresh_from_db()
    assert "Write one line" in answer.context["form"].errors["last_name"][0]
    assert requester.last_name == "Requester"


def test_saving_without_a_change_leaves_no_trace(console, requester):
    console.post(address(requester), form(requester))

    assert history(requester) == []


def test_the_role_is_given_and_taken(console, requester):
    console.post(address(requester), form(requester, role="Admin"))
    requester = User.objects.get(pk=requester.pk)
    assert requester.is_admin
    assert requester.can_work_tickets

    console.post(address(requester), form(requester, role="User"))
    requester = User.objects.get(pk=requester.pk)
    assert not requester.is_admin
    assert not requester.can_work_tickets
    assert history(requester) == ["role_set", "role_set"]
    assert "Admin to User" in console.get(address(requester, "history")).content.decode()


def test_the_last_admin_stays_one_and_nothing_else_is_saved(console, admin):
    answer = console.post(address(admin), form(admin, role="User", first_name="Renamed"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This is the only active admin" in page
    assert 'value="Renamed"' in page
    admin = User.objects.get(pk=admin.pk)
    assert (admin.role, admin.first_name) == ("Admin", "Ada")
    assert history(admin) == []


def test_an_admin_who_steps_back_is_led_to_the_front_door(console, admin, other_admin):
    answer = console.post(address(admin), form(admin, role="User"))

    assert answer.url == "/"
    assert console.get("/admin/").status_code == 404


def test_a_new_address_is_verified_primary_and_the_only_one(console, requester):
    EmailAddress.objects.create(user=requester, email="waiting@example.com")

    console.post(address(requester), form(requester, email="Rita.New@Example.com"))

    requester.refresh_from_db()
    assert requester.email == "rita.new@example.com"
    rows = EmailAddress.objects.filter(user=requester).values_list("email", "verified", "primary")
    assert list(rows) == [("rita.new@example.com", True, True)]
    assert history(requester) == ["email_changed"]


def test_the_old_address_is_told_once_the_new_one_is_saved(
    console, requester, mailed_at_once, django_capture_on_commit_callbacks
):
    old = requester.email

    with django_capture_on_commit_callbacks(execute=True):
        console.post(address(requester), form(requester, email="new@example.com"))

    assert [message.to for message in mail.outbox] == [[old]]
    assert "to new@example.com" in mail.outbox[0].body


def test_an_address_somebody_else_has_or_has_proved_is_refused(console, requester, other_requester):
    EmailAddress.objects.create(user=other_requester, email="second@example.com", verified=True)

    for taken in (other_requester.email, other_requester.email.upper(), "second@example.com"):
        answer = console.post(address(requester), form(requester, email=taken))
        assert "Another account has this address." in answer.content.decode()
    assert history(requester) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"},
        {"email": ""},
        {"email": f"{'x' * 260}@example.com"},
        {"first_name": ""},
        {"first_name": "a\x00b"},
        {"last_name": "x" * 151},
        {"role": "Superuser"},
        {"role": ""},
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(wrong, console, requester):
    answer = console.post(address(requester), form(requester, **wrong))

    assert 'aria-invalid="true"' in answer.content.decode()
    assert history(requester) == []


def test_rights_smuggled_into_the_form_are_ignored(console, requester):
    smuggled = {
        "is_staff": "on",
        "is_superuser": "on",
        "groups": "2",
        "user_permissions": "1",
        "password": "x",
        "is_active": "",
        "id": "1",
    }
    before = requester.password

    console.post(address(requester), form(requester, first_name="Rosa", **smuggled))

    after = User.objects.get(pk=requester.pk)
    assert not after.is_staff
    assert not after.is_superuser
    assert after.is_active
    assert after.password == before
    assert [group.name for group in after.groups.all()] == ["User"]


def test_the_page_shows_no_password_and_no_rights_to_tick(console, requester):
    page = console.get(address(requester)).content.decode()

    assert "md5$" not in page
    for field in ("is_staff", "is_superuser", "groups", "user_permissions", "password"):
        assert f'name="{field}"' not in page


def test_deactivating_asks_first_and_ends_the_session(console, requester, client_of):
    browser = client_of(requester)
    assert "Deactivate Rita Requester?" in console.get(address(requester, "deactivate")).content.decode()
    requester.refresh_from_db()
    assert requester.is_active

    console.post(address(requester, "deactivate"))

    requester.refresh_from_db()
    assert not requester.is_active
    assert history(requester) == ["deactivated"]
    assert browser.get("/tickets/").url == "/auth/login/?next=/tickets/"


def test_activating_opens_the_account_again(console, requester, admin):
    requester.deactivate(by=admin)

    console.post(address(requester, "activate"))

    requester.refresh_from_db()
    assert requester.is_active
    assert history(requester) == ["deactivated", "activated"]


def test_getting_the_address_of_activation_changes_nothing(console, requester, admin):
    requester.deactivate(by=admin)

    assert console.get(address(requester, "activate")).status_code == 405
    requester.refresh_from_db()
    assert not requester.is_active


def test_doing_it_twice_leaves_one_entry(console, requester):
    console.post(address(requester, "deactivate"))
    console.post(address(requester, "deactivate"))

    assert history(requester) == ["deactivated"]


def test_the_last_admin_cannot_be_deactivated(console, admin):
    answer = console.post(address(admin, "deactivate"))

    assert answer.status_code == 409
    assert "This is the only active admin" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.parametrize("number", ["0", str(2**63), str(10**30), "999999"])
@pytest.mark.parametrize("page", ["change", "deactivate", "delete", "history"])
def test_somebody_who_is_not_there_is_a_404(number, page, console):
    assert console.get(f"/admin/accounts/user/{number}/{page}/").status_code == 404


@pytest.mark.parametrize("page", ["add/", "1/password/"])
def test_people_are_not_added_or_given_passwords_here(page, console):
    assert console.get(f"/admin/accounts/user/{page}").status_code == 404


# -- two who edit at once ----------------------------------------------------------------------
def opened(person):
    """What the page holds of the values it was opened with."""
    return {f"initial-{name}": value for name, value in form(person).items()}


def test_the_page_remembers_what_it_was_opened_with(console, requester):
    page = console.get(address(requester)).content.decode()

    for name in ("first_name", "last_name", "email", "role"):
        assert f'name="initial-{name}"' in page


def test_saving_one_field_keeps_what_a_colleague_changed_in_another(console, requester, other_admin):
    page = form(requester) | opened(requester)
    requester.rename("Rosa", "Renamed", by=other_admin)
    requester.change_email("new@example.com", by=other_admin)

    console.post(address(requester), page | {"role": "Admin"})

    person = User.objects.get(pk=requester.pk)
    assert (str(person), person.email, person.role) == ("Rosa Renamed", "new@example.com", "Admin")


def test_first_name_and_surname_changed_at_once_are_both_kept(console, requester, other_admin):
    page = form(requester) | opened(requester)
    requester.rename("Rosa", "Requester", by=other_admin)

    console.post(address(requester), page | {"last_name": "Renamed"})

    assert str(User.objects.get(pk=requester.pk)) == "Rosa Renamed"


def test_the_same_field_changed_by_two_is_said_and_nothing_is_saved(console, requester, other_admin):
    page = form(requester) | opened(requester)
    requester.rename("Rosa", "Requester", by=other_admin)

    answer = console.post(address(requester), page | {"first_name": "Rike", "role": "Admin"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody has changed this to “Rosa”" in text
    assert 'value="Rike"' in text
    person = User.objects.get(pk=requester.pk)
    assert (person.first_name, person.role) == ("Rosa", "User")

    again = {name: answer.context["form"].data[name] for name in [*form(requester), *opened(requester)]}
    assert console.post(address(requester), again).status_code == 302
    person = User.objects.get(pk=requester.pk)
    assert (person.first_name, person.role) == ("Rike", "Admin")


def test_both_changing_it_to_the_same_is_no_conflict(console, requester, other_admin):
    page = form(requester) | opened(requester)
    requester.set_role("Admin", by=other_admin)

    assert console.post(address(requester), page | {"role": "Admin"}).status_code == 302
    assert history(requester) == ["role_set"]
