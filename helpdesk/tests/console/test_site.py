"""Signing in and out by the console's own addresses, and what Django's admin brings along."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType


def test_the_login_address_leads_to_the_one_sign_in_page(client_of):
    answer = client_of(None).get("/admin/login/?next=/admin/tickets/ticket/")

    assert answer.url == "/auth/login/?next=/admin/tickets/ticket/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_login_address_leads_back_to_this_site_only(elsewhere, client_of):
    answer = client_of(None).get("/admin/login/", {"next": elsewhere})

    assert answer.url == "/auth/login/?next=/admin/"


def test_a_password_posted_to_the_login_address_signs_nobody_in(client_of, admin):
    guest = client_of(None)

    answer = guest.post("/admin/login/", {"username": admin.email, "password": "quiet river under stones"})

    assert answer.url.startswith("/auth/login/")
    assert "_auth_user_id" not in guest.session


def test_an_admin_at_the_login_address_goes_to_the_dashboard(client_of, admin):
    assert client_of(admin).get("/admin/login/").url == "/admin/"


def test_signing_out_takes_a_post(client_of, admin):
    browser = client_of(admin)

    asked = browser.get("/admin/logout/")
    assert asked.url == "/auth/logout/"
    assert "_auth_user_id" in browser.session

    browser.post("/admin/logout/")
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("address", ["/admin/password_change/", "/admin/password_change/done/"])
def test_passwords_are_changed_where_everybody_changes_theirs(address, client_of, admin):
    assert client_of(admin).get(address).url == "/auth/password/change/"


def test_view_on_site_shows_the_ticket_in_the_portal(client_of, admin, ticket):
    kind = ContentType.objects.get_for_model(ticket).pk

    answer = client_of(admin).get(f"/admin/r/{kind}/{ticket.pk}/")

    assert answer.url.endswith(f"/tickets/{ticket.pk}/")


@pytest.mark.parametrize("what", ["x/1", "1/x", "1/%00", f"{10**30}/1", f"1/{10**30}"])
def test_view_on_site_of_nonsense_is_a_404(what, client_of, admin):
    assert client_of(admin).get(f"/admin/r/{what}/").status_code == 404


def test_autocomplete_gives_nobodys_names_away(client_of, admin):
    source = {"app_label": "tickets", "model_name": "ticket", "field_name": "assignee", "term": "a"}

    assert client_of(admin).get("/admin/autocomplete/", source).status_code in (403, 404)


def test_only_our_own_models_have_pages_even_for_a_superuser(client_of, admin):
    admin.is_superuser = True
    admin.save(update_fields=["is_superuser"])

    for address in ("account/emailaddress/", "auth/group/", "django_tasks_database/dbtaskresult/"):
        assert client_of(admin).get(f"/admin/{address}").status_code == 404


def test_every_page_carries_the_strict_policy(client_of, admin):
    policy = client_of(admin).get("/admin/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tickets/deadtask/", "helpdesk/failedtask/"),
        ("tickets/deadtask/?q=1", "helpdesk/failedtask/?q=1"),
        ("tickets/deadtask/retry/", "helpdesk/failedtask/retry/"),
        ("tickets/thanksphrase/", "tickets/thankyouphrase/"),
        ("tickets/thanksphrase/1/change/", "tickets/thankyouphrase/1/change/"),
        ("tickets/thanksphrase/add/", "tickets/thankyouphrase/add/"),
    ],
)
def test_an_address_that_was_renamed_leads_to_the_one_it_has_now(old, new, client_of, admin):
    answer = client_of(admin).get(f"/admin/{old}")

    assert (answer.status_code, answer.url) == (301, f"/admin/{new}")


@pytest.mark.parametrize("rest", ["nonsense/", "7/", "7/discard/", "..%2F..%2Ftickets/", "/evil.example/"])
def test_what_never_was_an_address_leads_nowhere(rest, client_of, admin):
    assert client_of(admin).get(f"/admin/tickets/deadtask/{rest}").status_code == 404


def test_a_renamed_address_tells_guests_and_users_nothing(client_of, requester):
    assert client_of(None).get("/admin/tickets/deadtask/").url.startswith("/auth/login/?next=/admin/")
    assert client_of(requester).get("/admin/tickets/deadtask/").status_code == 404


@pytest.mark.parametrize("address", ["/admin/", "/admin/tickets/requesttype/", "/admin/accounts/user/"])
def test_every_page_of_the_console_has_the_search(address, client_of, admin):
    page = client_of(admin).get(address).content.decode()

    assert page.count('role="search"') >= 1
    assert "Search tickets or people" in page


@pytest.mark.parametrize(
    ("name", "what_for"),
    [
        ("requesttype", "What people can ask for"),
        ("cannedreply", "Words that are sent often"),
        ("announcement", "from one moment until another"),
        ("thankyouphrase", "does not reopen a ticket"),
    ],
)
def test_an_empty_list_says_what_it_is_for(name, what_for, client_of, admin):
    apps.get_model("tickets", name).objects.all().delete()

    page = client_of(admin).get(f"/admin/tickets/{name}/").content.decode()

    assert "Nothing here yet" in page
    assert what_for in page
    assert 'class="paginator"' not in page
