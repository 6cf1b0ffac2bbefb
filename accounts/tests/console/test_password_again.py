"""Before the console changes an account or lets somebody in, it asks for the password once more."""

import pytest

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.tests.factories import PASSWORD

PEOPLE = "/admin/accounts/user"


@pytest.fixture
def desk(client_of, admin):
    """The admin's browser, left alone for a while."""
    return client_of(admin)


@pytest.fixture
def acts(requester, other_requester, admin):
    """What the console can do to accounts: address -> form."""
    requester.ask_to_be_admin()
    wish = requester.admin_requests.get()
    invited = Invitation.objects.invite("new@example.com", "User", by=admin, address_of=str)
    other_requester.deactivate(by=admin)
    form = {"first_name": "Rita", "last_name": "Requester", "email": "stranger@example.com", "role": "Admin"}
    return {
        f"{PEOPLE}/{requester.pk}/change/": form,
        f"{PEOPLE}/{admin.pk}/change/": {**form, "first_name": "Ada"},
        f"{PEOPLE}/{requester.pk}/deactivate/": {},
        f"{PEOPLE}/{other_requester.pk}/activate/": {},
        f"{PEOPLE}/{requester.pk}/delete/": {"understood": "on"},
        f"/admin/accounts/adminrequest/{wish.pk}/grant/": {},
        f"/admin/accounts/adminrequest/{wish.pk}/refuse/": {},
        "/admin/accounts/invitation/invite/": {"email": "friend@example.com", "role": "Admin"},
        f"/admin/accounts/invitation/{invited.pk}/send/": {},
        f"/admin/accounts/invitation/{invited.pk}/withdraw/": {},
    }


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (User, Invitation)]


def test_nothing_about_accounts_is_changed_without_it(desk, acts):
    before = everything()

    answers = [desk.post(address, form) for address, form in acts.items()]

    assert all(answer.url.startswith("/auth/reauthenticate/?next=") for answer in answers)
    assert everything() == before


def test_with_it_what_was_asked_for_goes_on(desk, requester):
    form = {"first_name": "Rita", "last_name": "Requester", "email": requester.email, "role": "Admin"}
    asked = desk.post(f"{PEOPLE}/{requester.pk}/change/", form)

    wrong = desk.post(asked.url, {"password": "not this one"})
    between = User.objects.get(pk=requester.pk).role
    done = desk.post(asked.url, {"password": PASSWORD})

    assert (wrong.status_code, between) == (200, Role.USER)
    assert done.url == f"{PEOPLE}/{requester.pk}/change/"
    assert User.objects.get(pk=requester.pk).role == Role.ADMIN


def test_a_form_that_is_refused_afterwards_is_sent_to_its_own_address(desk, requester):
    form = {"first_name": "", "last_name": "Requester", "email": requester.email, "role": "User"}
    asked = desk.post(f"{PEOPLE}/{requester.pk}/change/", form)

    refused = desk.post(asked.url, {"password": PASSWORD})

    assert f'action="{PEOPLE}/{requester.pk}/change/"' in refused.content.decode()


def test_looking_at_people_asks_for_nothing(desk, requester):
    for page in ("change", "deactivate", "delete", "history"):
        assert desk.get(f"{PEOPLE}/{requester.pk}/{page}/").status_code == 200


def test_for_five_minutes_it_is_not_asked_for_again(desk, requester, other_requester, time_machine):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    desk.post("/auth/reauthenticate/", {"password": PASSWORD})

    time_machine.move_to("2026-03-02T09:04:59Z", tick=False)
    soon = desk.post(f"{PEOPLE}/{requester.pk}/deactivate/")
    time_machine.move_to("2026-03-02T09:05:01Z", tick=False)
    late = desk.post(f"{PEOPLE}/{other_requester.pk}/deactivate/")

    assert soon.url == f"{PEOPLE}/{requester.pk}/change/"
    assert late.url.startswith("/auth/reauthenticate/")
