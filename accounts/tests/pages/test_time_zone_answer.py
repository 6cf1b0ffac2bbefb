"""Whoever never chose a time zone is asked once whether the browser's is theirs."""

import pytest

from accounts.models import User

ADDRESS, PROFILE = "/auth/time-zone/", "/auth/profile/"
OFFER = f'data-ask-zone="{ADDRESS}"'


def is_asked(client, address="/tickets/"):
    return OFFER in client.get(address).content.decode()


def zone_of(person):
    return User.objects.values_list("time_zone", "keeps_time_zone").get(pk=person.pk)


def test_yes_shows_all_times_in_it(client_of, requester):
    client = client_of(requester)
    assert is_asked(client)

    assert client.post(ADDRESS, {"answer": "yes", "time_zone": "Asia/Tokyo"}).status_code == 200

    assert zone_of(requester) == ("Asia/Tokyo", False)
    assert "Times in Asia/Tokyo" in client.get("/tickets/").content.decode()
    assert not is_asked(client)


def test_no_is_remembered(client_of, requester):
    client = client_of(requester)

    client.post(ADDRESS, {"answer": "no", "time_zone": "Asia/Tokyo"})

    assert zone_of(requester) == ("", True)
    assert not is_asked(client)
    assert not is_asked(client_of(requester))


def test_the_console_asks_as_well(client_of, admin):
    client = client_of(admin)
    assert is_asked(client, "/admin/")

    client.post(ADDRESS, {"answer": "no"})

    assert not is_asked(client, "/admin/")


def test_who_chose_a_zone_is_not_asked_and_no_does_not_change_it(client_of, requester):
    requester.choose_time_zone("Europe/Lisbon")
    client = client_of(requester)
    assert not is_asked(client)

    client.post(ADDRESS, {"answer": "no"})

    assert zone_of(requester) == ("Europe/Lisbon", False)


def test_the_profile_changes_either_answer(client_of, requester):
    client = client_of(requester)
    names = {"first_name": requester.first_name, "last_name": requester.last_name}
    client.post(ADDRESS, {"answer": "no"})

    client.post(PROFILE, {**names, "time_zone": "Asia/Kolkata"})
    assert zone_of(requester) == ("Asia/Kolkata", False)
    client.post(PROFILE, {**names, "time_zone": ""})

    assert zone_of(requester) == ("", True)
    assert not is_asked(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"answer": "perhaps"},
        {"answer": "yes"},
        {"answer": "yes", "time_zone": ""},
        {"answer": "yes", "time_zone": "Mars/Crater"},
        {"answer": "yes", "time_zone": "../../etc/passwd"},
        {"answer": "yes", "time_zone": "Etc/GMT+5"},
        {"answer": "yes", "time_zone": "Europe/Berlin\x00"},
        {"answer": "yes", "time_zone": "x" * 1000},
    ],
)
def test_what_is_no_answer_is_refused(wrong, client_of, requester):
    assert client_of(requester).post(ADDRESS, wrong).status_code == 400

    assert zone_of(requester) == ("", False)


def test_guests_are_not_asked(client_of, db):
    client = client_of(None)

    for address in ("/auth/login/", "/auth/register/", "/auth/password/reset/"):
        assert not is_asked(client, address)
    assert client.post(ADDRESS, {"answer": "no"}).url.startswith("/auth/login/")
