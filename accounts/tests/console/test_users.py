"""Manage Users: who is found, and how many queries it takes."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.tests.factories import UserFactory

LIST = "/admin/accounts/user/"


def found(console, **filters):
    answer = console.get(LIST, filters)
    assert answer.status_code == 200
    return [str(person) for person in answer.context["page"].rows]


def test_the_page_is_called_manage_users(console):
    assert "<h1>Manage Users</h1>" in console.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("filters", "people"),
    [
        ({}, ["Ada Admin", "Otto Other", "Rita Requester"]),
        ({"role": "Admin"}, ["Ada Admin"]),
        ({"role": "User"}, ["Otto Other", "Rita Requester"]),
        ({"active": "no"}, ["Otto Other"]),
        ({"active": "yes", "role": "User"}, ["Rita Requester"]),
        ({"q": "RITA"}, ["Rita Requester"]),
        ({"q": "requester rita"}, ["Rita Requester"]),
        ({"q": "Requester, Ríta"}, ["Rita Requester"]),
        ({"q": "rita admin"}, []),
        ({"sort": "-joined"}, ["Rita Requester", "Otto Other", "Ada Admin"]),
        ({"role": "superuser"}, []),
        ({"active": "perhaps"}, []),
        ({"q": "\x00"}, []),
        ({"q": "%"}, []),
    ],
)
def test_filters_find_what_they_say(filters, people, console, other_requester, requester, admin):
    other_requester.deactivate(by=admin)

    assert found(console, **filters) == people


@pytest.mark.parametrize(
    ("seen", "people"),
    [
        ("never", ["Otto Other"]),
        ("30", ["Ada Admin"]),
        ("90", ["Ada Admin", "Rita Requester"]),
        ("long", ["Oskar Otheradmin"]),
        ("7", []),
    ],
)
def test_people_are_found_by_when_they_were_last_seen(
    seen, people, console, admin, other_admin, requester, other_requester
):
    for person, days in ((requester, 60), (other_admin, 91)):
        User.objects.filter(pk=person.pk).update(last_login=timezone.now() - timedelta(days=days))

    assert found(console, seen=seen) == people


def test_deleted_accounts_are_listed_only_if_asked_for(console, requester, other_requester, admin):
    requester.delete_account(by=admin)

    assert found(console) == ["Ada Admin", "Otto Other"]
    assert found(console, active="no") == []
    assert found(console, active="deleted") == [f"Former user {requester.pk}"]


def test_who_is_invited_has_a_list_of_their_own(console, admin):
    Invitation.objects.invite("mara@example.com", "User", by=admin, address_of=str)

    assert "1 waiting" in console.get(LIST).content.decode()
    assert console.get(LIST, {"active": "invited"}).url == "/admin/accounts/invitation/"


def test_people_of_one_surname_come_by_first_name_page_by_page(console):
    for number in range(60):
        UserFactory(first_name=f"F{number * 7 % 60:02} ~", last_name="Same")

    pages, query = [], ""
    while True:
        page = console.get(f"{LIST}?{query}").context["page"]
        pages.append([person.pk for person in page.rows])
        if not page.has_next:
            break
        query = page.next_query
    back = console.get(f"{LIST}?{page.previous_query}").context["page"]

    wanted = User.objects.order_by("last_name", "first_name", "pk").values_list("pk", flat=True)
    assert [pk for page in pages for pk in page] == list(wanted)
    assert [person.pk for person in back.rows] == pages[1]


@pytest.mark.parametrize(
    "place",
    ["", "~1", "x~1", "[]~1", '["a"]~1', '["a", 1]~1', '{"a": "b"}~1', '["a\\u0000", "b"]~1', "[" * 9999],
)
def test_a_place_that_is_none_leads_to_the_first_page(place, console):
    assert found(console, after=place) == ["Ada Admin"]


def test_a_place_no_database_can_hold_leads_to_the_first_page(console):
    assert found(console, after=json.dumps(["\ud800", "b"]) + "~1") == ["Ada Admin"]


def test_people_are_found_by_address(console, requester):
    assert found(console, q=requester.email.upper()) == ["Rita Requester"]


def test_the_list_shows_no_password(console, requester):
    assert "md5$" not in console.get(LIST).content.decode()


def test_pages_follow_one_another_without_a_gap(console):
    for number in range(40):
        UserFactory(last_name=f"Same{number % 2}")

    first = console.get(LIST)
    second = console.get(f"{LIST}?{first.context['page'].next_query}")

    people = [person.pk for page in (first, second) for person in page.context["page"].rows]
    assert len(people) == len(set(people)) == User.objects.count() == 41


def test_the_number_of_queries_does_not_grow_with_the_people(console):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get(LIST, {"role": "User", "q": "pat"})
        return len(captured)

    UserFactory()
    few = queries()
    for _ in range(30):
        UserFactory()

    assert queries() == few
    assert few <= 8
