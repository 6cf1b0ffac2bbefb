"""Manage Users: who is found, and how many queries it takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests.factories import UserFactory

LIST = "/admin/accounts/user/"


@pytest.fixture
def console(client_of, admin):
    return client_of(admin)


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
