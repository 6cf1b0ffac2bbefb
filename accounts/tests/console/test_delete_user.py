"""Deleting an account in the console: says what stays, asks, and who may."""

from django.contrib.auth.models import Group, Permission

from accounts.models import User
from helpdesk.tests.plugin import with_password_typed
from tickets.tests.factories import TicketFactory


def address(person, page="delete"):
    return f"/admin/accounts/user/{person.pk}/{page}/"


def is_deleted(person):
    return User.objects.get(pk=person.pk).deleted_at is not None


def test_the_page_says_what_stays_and_under_which_name(console, requester, ticket):
    page = console.get(address(requester)).content.decode()

    assert f"Former user {requester.pk}" in page
    assert '<b class="hd-num">1</b> tickets they asked for' in page
    assert f'href="{address(requester, "change")}">No, take me back' in page
    assert not is_deleted(requester)


def test_nothing_happens_without_the_tick(console, requester):
    answer = console.post(address(requester))

    assert "Tick the box" in answer.content.decode()
    assert not is_deleted(requester)


def test_the_account_goes_and_its_page_says_so(console, requester):
    answer = console.post(address(requester), {"understood": "on"}, follow=True)

    assert "The account of Rita Requester is deleted." in answer.content.decode()
    page = console.get(address(requester, "change")).content.decode()
    assert "This account was deleted" in page
    assert "Save</button>" not in page
    assert "Activate" not in page


def test_who_takes_over_is_asked(console, admin, other_admin, requester):
    ticket = TicketFactory(requester=requester)
    ticket.take(by=other_admin)
    assert b"1 unresolved ticket<" in console.get(address(other_admin)).content

    refused = console.post(address(other_admin), {"understood": "on"})
    assert refused.status_code == 409
    assert b"Choose who takes over." in refused.content
    console.post(address(other_admin), {"understood": "on", "successor": admin.pk})

    ticket.refresh_from_db()
    assert (ticket.assignee, is_deleted(other_admin)) == (admin, True)


def test_nobody_deletes_themselves(console, admin, other_admin):
    assert "Delete</a>" not in console.get(address(admin, "change")).content.decode()

    answer = console.post(address(admin), {"understood": "on"})

    assert answer.status_code == 409
    assert "Ask another admin" in answer.content.decode()
    assert not is_deleted(admin)


def test_a_deleted_account_has_no_more_to_change(console, requester):
    requester.delete_account(by=None)

    for page in ("delete", "deactivate", "activate", "change"):
        assert console.post(address(requester, page), {"understood": "on"}).status_code == 404
    assert console.get(address(requester, "history")).status_code == 200


def test_who_may_only_look_is_refused(client_of, requester, other_requester):
    group = Group.objects.create(name="Lookers")
    group.permissions.add(*Permission.objects.filter(codename__in=["view_ticket", "view_user"]))
    requester.groups.add(group)
    User.objects.filter(pk=requester.pk).update(is_staff=True)
    browser = with_password_typed(client_of(User.objects.get(pk=requester.pk)), requester)

    assert browser.get(address(other_requester, "change")).status_code == 200
    assert browser.get(address(other_requester)).status_code == 403
    assert browser.post(address(other_requester), {"understood": "on"}).status_code == 403
    assert not is_deleted(other_requester)


def test_users_find_nothing_here(client_of, requester, other_requester):
    browser = client_of(requester)

    assert browser.get(address(other_requester)).status_code == 404
    assert browser.post(address(other_requester), {"understood": "on"}).status_code == 404
    assert not is_deleted(other_requester)
