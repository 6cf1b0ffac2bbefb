"""Before the console changes an account or lets somebody in, it asks for the password once more."""

import re

import pytest
from django.core import mail

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.tests.factories import PASSWORD
from accounts.tests.mailbox import mails_to

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


def typed(asked, password=PASSWORD):
    """The form of the page that asks, as its reader sends it."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode()))
    assert 'action="/auth/reauthenticate/"' in asked.content.decode()
    return "/auth/reauthenticate/", {**hidden, "password": password}


def form_of(person, **fields):
    name = {"first_name": person.first_name, "last_name": person.last_name}
    return {**name, "email": person.email, "role": "User", **fields}


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (User, Invitation)]


def test_nothing_about_accounts_is_changed_without_it(desk, acts):
    before = everything()

    answers = [desk.post(address, form) for address, form in acts.items()]

    assert all("<h1>Confirm it is you</h1>" in answer.content.decode() for answer in answers)
    assert everything() == before


def test_with_it_what_was_asked_for_goes_on(desk, requester):
    asked = desk.post(f"{PEOPLE}/{requester.pk}/change/", form_of(requester, role="Admin"))

    wrong = desk.post(*typed(asked, "not this one"))
    between = User.objects.get(pk=requester.pk).role
    done = desk.post(*typed(wrong))

    assert (wrong.status_code, between) == (200, Role.USER)
    assert done.url == f"{PEOPLE}/{requester.pk}/change/"
    assert User.objects.get(pk=requester.pk).role == Role.ADMIN


def test_a_form_that_is_refused_afterwards_is_sent_to_its_own_address(desk, requester):
    asked = desk.post(f"{PEOPLE}/{requester.pk}/change/", form_of(requester, first_name=""))

    refused = desk.post(*typed(asked))

    assert f'action="{PEOPLE}/{requester.pk}/change/"' in refused.content.decode()


def test_each_window_that_asks_goes_on_with_its_own_form(desk, requester, other_requester):
    asked = [
        desk.post(f"{PEOPLE}/{requester.pk}/change/", form_of(requester, first_name="Rosa")),
        desk.post(f"{PEOPLE}/{other_requester.pk}/change/", form_of(other_requester, first_name="Ole")),
        desk.post("/admin/accounts/invitation/invite/", {"email": "friend@example.com", "role": "User"}),
    ]

    done = [desk.post(*typed(page)) for page in asked]

    assert [answer.status_code for answer in done] == [302] * 3
    requester.refresh_from_db()
    other_requester.refresh_from_db()
    assert (requester.first_name, other_requester.first_name) == ("Rosa", "Ole")
    assert Invitation.objects.get().email == "friend@example.com"


def test_what_was_sent_is_done_once_however_often_the_password_is_sent(desk, admin):
    invited = Invitation.objects.invite("new@example.com", "User", by=admin, address_of=str)
    asked = desk.post(f"/admin/accounts/invitation/{invited.pk}/send/", {"token": "0f8fad5b"})
    mail.outbox.clear()

    answers = [desk.post(*typed(asked)) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/admin/accounts/invitation/"] * 2
    assert len(mails_to("new@example.com")) == 1


def test_what_was_sent_waits_while_one_signs_in_again(desk, admin, requester):
    asked = desk.post(f"{PEOPLE}/{requester.pk}/change/", form_of(requester, first_name="Rosa"))
    desk.logout()

    door = desk.post(*typed(asked))
    back = desk.post(door.url, {"login": admin.email, "password": PASSWORD})
    done = desk.post(*typed(desk.get(back.url)))

    assert done.url == f"{PEOPLE}/{requester.pk}/change/"
    assert User.objects.get(pk=requester.pk).first_name == "Rosa"


def test_what_somebody_else_sent_or_what_is_too_old_is_not_done_and_that_is_said(
    desk, client_of, other_admin, requester, settings, time_machine
):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    address, form = f"{PEOPLE}/{requester.pk}/change/", form_of(requester, first_name="Rosa")
    theirs = client_of(other_admin).post(address, form)
    own = desk.post(address, form)

    answers = [desk.post(*typed(theirs), follow=True)]
    time_machine.shift(settings.SESSION_COOKIE_AGE - 60)
    desk.force_login(User.objects.get(pk=desk.session["_auth_user_id"]))
    time_machine.shift(61)
    answers.append(desk.post(*typed(own), follow=True))

    assert all("was not saved. Please send it again." in answer.content.decode() for answer in answers)
    assert User.objects.get(pk=requester.pk).first_name == "Rita"


def test_its_page_begins_in_the_field_for_the_password(desk, requester):
    asked = desk.post(f"{PEOPLE}/{requester.pk}/deactivate/")

    for page in (asked, desk.get("/auth/reauthenticate/")):
        assert re.search(r'<input type="password"[^>]* data-focus', page.content.decode())


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
    assert "<h1>Confirm it is you</h1>" in late.content.decode()
