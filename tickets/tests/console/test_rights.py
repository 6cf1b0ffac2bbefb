"""Who may enter the console: every address of it, taken from the resolver."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import URLResolver

from accounts.models import User
from helpdesk.tests.plugin import with_password_typed
from tickets.models import CannedReply, HoldReason, RequestType

VERBS = {
    "assign": {"version": 1},
    "take": {},
    "start": {"version": 1},
    "hold": {"version": 1, "reason": HoldReason.REQUESTER, "text": ""},
    "resolve": {"version": 1, "text": ""},
    "close": {"version": 1},
    "reopen": {"version": 1, "text": "Why"},
    "edit": {"version": 1, "title": "Smuggled", "request_type": 1, "description": "Smuggled"},
    "delete": {"understood": "on"},
    "restore": {},
}


def addresses(patterns, before="/admin/"):
    for pattern in patterns:
        route = str(pattern.pattern)
        route = re.sub(r"<\w+:(number|pk|\w+_id)>", "1", route)
        route = route.replace("<str:name>", "1234567890123456789-abcdef")
        route = route.replace("<slug:name>", "status")
        route = re.sub(r"\^\(\?P<app_label>[a-z|]+\)/\$", "tickets/", route)
        route = route.replace("<path:rest>", "1/discard/")
        route = route.replace("(?P<url>.*)$", "nowhere/")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + route)
        else:
            yield before + route


ADDRESSES = sorted(set(addresses(admin.site.get_urls())))


def test_the_resolver_gives_all_kinds_of_addresses():
    assert "/admin/" in ADDRESSES
    assert "/admin/jsi18n/" in ADDRESSES
    assert "/admin/tickets/ticket/1/assign/" in ADDRESSES
    assert "/admin/accounts/user/1/change/" in ADDRESSES
    assert "/admin/tickets/requesttype/1/delete/" in ADDRESSES
    assert not [address for address in ADDRESSES if re.search(r"[<>^$()]", address)]


def test_a_guest_is_sent_to_the_one_sign_in_page_and_back(client_of, ticket):
    guest = client_of(None)

    for address in ADDRESSES:
        looked, acted = guest.get(address), guest.post(address)

        back = f"/auth/login/?next={'/admin/' if address == '/admin/login/' else address}"
        assert (looked.status_code, looked.url) == (302, back)
        # Coming back to an address that only takes a POST would be an error page.
        assert acted.status_code == 302
        assert acted.url in (back, "/auth/login/"), address


def test_for_a_user_there_is_nothing_here(client_of, requester, ticket):
    user = client_of(requester)

    found = [a for a in ADDRESSES if {user.get(a).status_code, user.post(a).status_code} != {404}]

    assert found == []
    assert ticket.events.count() == 1


def test_no_address_fails_for_an_admin(client_of, admin, ticket):
    failed = []

    for address in ADDRESSES:
        # What one address changed, such as the session at sign-out, is taken back for the next.
        before = transaction.savepoint()
        browser = client_of(admin)
        if max(browser.get(address).status_code, browser.post(address).status_code) >= 500:
            failed.append(address)
        transaction.savepoint_rollback(before)

    assert failed == []


def test_a_deactivated_admin_does_not_get_in(client_of, admin, other_admin):
    browser = client_of(admin)
    admin.deactivate(by=other_admin)

    assert browser.get("/admin/").url == "/auth/login/?next=/admin/"


def test_staff_without_the_right_to_see_tickets_does_not_get_in(client_of, requester):
    requester.is_staff = True
    requester.save(update_fields=["is_staff"])

    assert client_of(requester).get("/admin/").status_code == 404


def test_view_only_staff_see_a_ticket_without_any_button(client_of, viewer, ticket):
    page = client_of(viewer).get(f"/admin/tickets/ticket/{ticket.pk}/change/")

    content = page.content.decode()
    assert ticket.title in content
    for verb in VERBS:
        assert f"/{verb}/" not in content


@pytest.mark.parametrize("verb", VERBS)
def test_view_only_staff_cannot_forge_a_verb(verb, client_of, viewer, ticket):
    answer = client_of(viewer).post(f"/admin/tickets/ticket/{ticket.pk}/{verb}/", VERBS[verb])

    assert answer.status_code == 403
    ticket.refresh_from_db()
    assert ticket.version == 1


@pytest.mark.parametrize("verb", VERBS)
def test_view_only_staff_cannot_forge_a_verb_on_their_own_ticket_either(verb, client_of, viewer, other_admin):
    from tickets.tests.factories import TicketFactory

    own = TicketFactory(requester=viewer, by=None)
    answer = client_of(viewer).post(f"/admin/tickets/ticket/{own.pk}/{verb}/", VERBS[verb])

    # What requesters may do is not taken away: they may edit their own while it is unsolved.
    assert answer.status_code in ((200, 302) if verb == "edit" else (403,))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/accounts/user/",
        "/admin/accounts/adminrequest/",
        "/admin/tickets/feedback/",
        "/admin/tickets/requesttype/",
    ],
)
def test_view_only_staff_see_tickets_only(address, client_of, viewer):
    assert client_of(viewer).get(address).status_code in (403, 404)


def test_view_only_staff_read_a_canned_reply(client_of, viewer):
    right = Permission.objects.get(codename="view_cannedreply")
    viewer.groups.get(name="Auditors").permissions.add(right)
    reply = CannedReply.objects.create(title="Restart", body="Restart it, please.")
    address = f"/admin/tickets/cannedreply/{reply.pk}/change/"

    assert "Restart it, please." in client_of(viewer).get(address).content.decode()
    assert client_of(viewer).post(address, {"title": "Smuggled", "body": "Smuggled"}).status_code == 403


def test_view_only_staff_cannot_touch_people(client_of, viewer, requester, admin):
    browser = with_password_typed(client_of(viewer), viewer)

    for page in ("change", "deactivate", "activate"):
        answer = browser.post(f"/admin/accounts/user/{requester.pk}/{page}/", {"role": "Admin"})
        assert answer.status_code == 403
    requester.refresh_from_db()
    assert requester.is_active
    assert not requester.is_staff


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), str(10**30), "abc", "1e3", "%00", "٣"])
@pytest.mark.parametrize("page", ["change", "assign", "delete", "edit"])
def test_a_number_that_is_no_ticket_is_a_404(number, page, client_of, admin):
    browser = client_of(admin)

    assert browser.get(f"/admin/tickets/ticket/{number}/{page}/").status_code == 404
    assert browser.post(f"/admin/tickets/ticket/{number}/{page}/").status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_a_ticket_that_is_not_there_is_a_404(verb, client_of, admin):
    assert client_of(admin).post(f"/admin/tickets/ticket/999999/{verb}/", VERBS[verb]).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/admin/tickets/ticketevent/add/", "/admin/accounts/user/add/", "/admin/tickets/feedback/add/"],
)
def test_nothing_is_added_here(address, client_of, admin):
    assert client_of(admin).get(address).status_code == 404


@pytest.mark.parametrize("verb", sorted(VERBS.keys() - {"edit", "delete"}))
def test_getting_a_verb_changes_nothing(verb, client_of, admin, ticket):
    answer = client_of(admin).get(f"/admin/tickets/ticket/{ticket.pk}/{verb}/")

    assert answer.url == f"/admin/tickets/ticket/{ticket.pk}/change/"
    assert ticket.events.count() == 1


def test_the_stock_bulk_deletion_is_off(client_of, admin, ticket):
    forged = {"action": "delete_selected", "_selected_action": [ticket.request_type_id], "post": "yes"}
    before = RequestType.objects.count(), User.objects.count()

    for model in ("tickets/ticket", "accounts/user", "tickets/feedback", "tickets/requesttype"):
        client_of(admin).post(f"/admin/{model}/", forged)

    assert (RequestType.objects.count(), User.objects.count()) == before
    ticket.refresh_from_db()
    assert not ticket.is_in_trash


def test_a_request_type_cannot_be_deleted(client_of, admin, ticket):
    address = f"/admin/tickets/requesttype/{ticket.request_type_id}/delete/"

    assert client_of(admin).post(address, {"post": "yes"}).status_code == 403
    assert RequestType.objects.filter(pk=ticket.request_type_id).exists()
