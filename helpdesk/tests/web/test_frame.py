"""Pages that portal and console share, and pages of errors: in the frame of the half one comes from."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import PASSWORD
from helpdesk.server.request_limits import BODY_BYTES

PORTAL, CONSOLE = "portal", "console"
SHARED = [
    "/notifications/",
    "/notifications/preferences/",
    "/auth/profile/",
    "/auth/password/change/",
    "/auth/email/",
    "/auth/reauthenticate/",
    "/auth/logout/",
    "/help/",
    "/help/users/tickets/",
]


def frame(response):
    page = response.content.decode()
    found = [name for name, mark in ((CONSOLE, 'id="cs-side"'), (PORTAL, 'class="pt-nav"')) if mark in page]
    assert len(found) == page.count("<h1") == page.count("</main>") == 1
    return found[0]


def coming_from(path):
    return {"referer": f"http://testserver{path}"}


@pytest.mark.parametrize("path", SHARED)
def test_the_half_one_comes_from_stays_around_the_page(client_of, admin, path):
    client = client_of(admin)

    for half, start in ((CONSOLE, "/admin/tickets/ticket/"), (PORTAL, "/tickets/"), (CONSOLE, "/admin/")):
        assert frame(client.get(path, headers=coming_from(start))) == half
        # Loaded again, typed, or reached from another page that both share.
        for headers in (coming_from("/auth/profile/"), coming_from("/help/"), {}):
            assert frame(client.get(path, headers=headers)) == half


def test_who_comes_from_nowhere_is_where_their_work_is(client_of, requester, admin):
    assert frame(client_of(admin).get("/auth/profile/")) == CONSOLE
    assert frame(client_of(requester).get("/auth/profile/")) == PORTAL


@pytest.mark.parametrize(
    "referer",
    ["http://evil.example/tickets/", "http://testserver//evil.example/tickets/", "x" * 9000, "http://["],
)
def test_what_is_no_page_of_ours_says_nothing(client_of, admin, referer):
    client = client_of(admin)

    assert frame(client.get("/auth/profile/", headers={"referer": referer})) == CONSOLE
    assert "came_from_portal" not in client.session


@pytest.mark.parametrize("path", SHARED)
def test_nobody_else_gets_the_console_s(client_of, requester, path):
    client = client_of(requester)

    assert frame(client.get(path, headers=coming_from("/admin/"))) == PORTAL


def test_a_form_that_was_refused_and_the_way_after_one_that_was_not_stay_there(client_of, admin):
    client = client_of(admin)
    zone = {"time_zone": ""}

    for half, start in ((PORTAL, "/tickets/"), (CONSOLE, "/admin/")):
        client.get("/auth/profile/", headers=coming_from(start))
        here = coming_from("/auth/profile/")
        refused = client.post("/auth/profile/", {"first_name": "", **zone}, headers=here)
        done = client.post(
            "/auth/profile/", {"first_name": half, "last_name": "Admin", **zone}, follow=True, headers=here
        )

        assert "was saved" in done.content.decode()
        assert frame(refused) == frame(done) == half


def test_the_password_that_is_asked_for_is_asked_where_one_was(client_of, admin, requester):
    client = Client()
    client.force_login(admin)
    asked = client.post(f"/admin/accounts/user/{requester.pk}/deactivate/", {"confirm": "on"})
    sent = asked.context["form"].initial["sent"]

    wrong = client.post(
        "/auth/reauthenticate/",
        {"password": "wrong", "sent": sent},
        headers=coming_from(f"/admin/accounts/user/{requester.pk}/deactivate/"),
    )

    assert "Confirm it is you" in asked.content.decode()
    assert frame(asked) == frame(wrong) == CONSOLE
    assert PASSWORD not in wrong.content.decode()


def test_only_who_goes_from_one_half_to_the_other_makes_the_session_write(client_of, admin, requester):
    def writes(client, start):
        with CaptureQueriesContext(connection) as captured:
            client.get("/auth/profile/", headers=coming_from(start))
        return len([q for q in captured if "django_session" in q["sql"] and "SELECT" not in q["sql"][:6]])

    client = client_of(admin)
    assert [
        writes(client, start) > 0 for start in ("/admin/", "/tickets/", "/tickets/", "/admin/", "/admin/")
    ] == [
        False,
        True,
        False,
        True,
        False,
    ]
    client = client_of(requester)
    assert [writes(client, start) for start in ("/tickets/", "/admin/")] == [0, 0]


def test_requesters_pay_for_no_frame(client_of, requester):
    client = client_of(requester)
    before = Session.objects.get(pk=client.session.session_key).session_data
    for path in SHARED:
        with CaptureQueriesContext(connection) as captured:
            client.get(path, headers=coming_from("/tickets/"))
        asked = [query["sql"] for query in captured if "auth_permission" in query["sql"]]
        assert not asked or path.startswith("/notifications/"), path
    assert Session.objects.get(pk=client.session.session_key).session_data == before


# -- errors ------------------------------------------------------------------------------------------
def test_what_is_not_there_leads_back_to_the_list_it_would_be_in(client_of, admin):
    client = client_of(admin)
    for listing, rest in (
        ("/admin/tickets/ticket/", "99999/change/"),
        ("/admin/tickets/ticket/", "99999/nothing/at/all/"),
        ("/admin/accounts/user/", "99999/change/"),
        ("/admin/tickets/cannedreply/", "99999/change/"),
    ):
        answer = client.get(listing + rest, headers=coming_from("/tickets/"))

        page = answer.content.decode()
        assert (answer.status_code, frame(answer)) == (404, CONSOLE)
        assert f'<a class="hd-btn hd-btn--primary" href="{listing}">Back to the list</a>' in page
        assert re.search(rf'href="{listing}"\s+aria-current="page"', page)


@pytest.mark.parametrize("path", ["/admin/nothing/", "/admin/tickets/nothing/", "/admin/%00/"])
def test_what_belongs_to_no_list_leads_to_the_dashboard(client_of, admin, path):
    answer = client_of(admin).get(path)

    assert (answer.status_code, frame(answer)) == (404, CONSOLE)
    assert '<a class="hd-btn hd-btn--primary" href="/admin/">' in answer.content.decode()


def test_who_may_not_see_a_list_is_not_led_there(client_of, other_admin):
    other_admin.groups.set([Group.objects.create(name="Readers")])
    other_admin.groups.get().permissions.add(Permission.objects.get(codename="view_ticket"))
    client = client_of(other_admin)

    page = client.get("/admin/accounts/user/99999/nothing/").content.decode()

    assert "Back to the list</a>" not in page
    assert '<a class="hd-btn hd-btn--primary" href="/admin/">' in page


def test_the_console_is_revealed_to_nobody_else(client_of, requester):
    real, made_up = (
        client_of(requester).get(path) for path in ("/admin/tickets/ticket/1/change/", "/admin/nothing/")
    )

    assert real.status_code == made_up.status_code == 404
    assert frame(real) == frame(made_up) == PORTAL
    assert "list" not in real.context
    assert client_of(None).get("/admin/nothing/").url.startswith("/auth/login/")


def test_each_refusal_is_in_the_frame_of_its_address_or_of_the_page_before(client_of, admin):
    client = client_of(admin)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    many = {f"f{number}": "x" for number in range(400)}
    large = {"CONTENT_LENGTH": str(BODY_BYTES * 300)}

    for half, start, path in (
        (CONSOLE, "/admin/tickets/ticket/", "/admin/tickets/ticket/add/"),
        (PORTAL, "/tickets/", "/tickets/new/"),
        (CONSOLE, "/admin/", "/auth/profile/"),
        (PORTAL, "/tickets/", "/auth/profile/"),
    ):
        headers = coming_from(start)
        found = {
            403: strict.post(path, {"text": "words"}, headers=headers),
            404: client.get("/nothing/", headers=headers),
            400: client.post(path, many, headers=headers),
            413: client.generic("POST", path, b"", headers=headers, **large),
            405: client.get("/notifications/read/", headers=headers),
        }

        assert {status: answer.status_code for status, answer in found.items()} == {s: s for s in found}
        assert {status: frame(answer) for status, answer in found.items()} == dict.fromkeys(found, half)


def test_a_missing_right_and_too_many_tries_keep_the_console(client_of, admin):
    client = client_of(admin)
    denied = client.get("/admin/tickets/thankyouphrase/1/delete/")
    wrong = {"password": "wrong"}
    tries = [client.post("/auth/reauthenticate/", wrong, headers=coming_from("/admin/")) for _ in range(12)]

    assert (denied.status_code, frame(denied)) == (403, CONSOLE)
    assert tries[-1].status_code == 429
    assert frame(tries[-1]) == CONSOLE
