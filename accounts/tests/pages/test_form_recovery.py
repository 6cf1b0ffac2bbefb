"""The profile stands for every form that keeps typed text."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import TimestampSigner

from accounts.tests.factories import PASSWORD
from helpdesk.web.form_recovery import SALT, SESSION_KEY, author_token

URL = "/auth/profile/"
NOTICE = "You were signed out; what you typed is still here. It is not saved yet."
pytestmark = pytest.mark.django_db


def typed_by(person, **fields):
    return {"first_name": "Half", "last_name": "Typed", "author": author_token(person), **fields}


def sign_in(client, person):
    client.post("/auth/login/", {"login": person.email, "password": PASSWORD})


def test_the_form_says_who_types(client_of, requester):
    page = client_of(requester).get(URL).content.decode()

    said = re.search('<input type="hidden" name="author" value="([^"]+)">', page)
    assert TimestampSigner(salt=SALT).unsign_object(said[1]) == requester.pk


def test_what_says_who_types_is_good_for_as_long_as_a_session(client, requester, time_machine, settings):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    typed = typed_by(requester)
    time_machine.shift(settings.SESSION_COOKIE_AGE + 1)

    client.post(URL, typed)

    assert not Session.objects.exists()


def test_guests_with_somebody_s_form_do_not_fill_the_session_table(client_of, requester, other_requester):
    for _ in range(35):
        client_of(None).post(URL, typed_by(requester))
    full = Session.objects.count()
    client_of(None).post(URL, typed_by(other_requester))

    assert full == 30
    assert Session.objects.count() == 31


def test_typed_text_survives_the_end_of_the_session(client, requester):
    door = client.post(URL, typed_by(requester))
    sign_in(client, requester)
    first = client.get(URL).content.decode()
    second = client.get(URL).content.decode()

    assert door["Location"] == f"/auth/login/?next={URL}"
    assert 'value="Half"' in first
    assert NOTICE in first
    assert 'value="Half"' not in second
    assert NOTICE not in second
    requester.refresh_from_db()
    assert requester.first_name == "Rita"


def test_somebody_else_at_the_browser_does_not_see_it(client, requester, other_requester):
    client.post(URL, typed_by(requester))
    sign_in(client, other_requester)

    page = client.get(URL).content.decode()

    assert "Half" not in page
    assert NOTICE not in page
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("author", [None, "", "1", "forged:signature"])
def test_without_a_signed_author_nothing_is_kept(client, requester, author):
    typed = {**typed_by(requester), "author": author or ""}
    client.post(URL, typed)

    assert not client.session.keys()


def test_no_password_or_token_is_kept(client, requester):
    client.post(
        URL, typed_by(requester, password="secret", oldpassword="secret", csrfmiddlewaretoken="secret")
    )

    assert client.session[SESSION_KEY][0]["fields"] == {"first_name": ["Half"], "last_name": ["Typed"]}


def test_beyond_its_bound_the_oldest_text_is_given_up(client, requester):
    client.post(URL, typed_by(requester, description="x" * 150_000))
    client.post("/auth/profile/?again", typed_by(requester, description="y" * 150_000))
    kept = client.session[SESSION_KEY]
    client.post(URL, typed_by(requester, description="z" * 250_000))

    assert [entry["fields"]["description"][0][0] for entry in kept] == ["y"]
    assert client.session[SESSION_KEY] == []


def test_choices_of_several_come_back_as_several(client, requester):
    client.post(URL, typed_by(requester, tags=["a", "b"]))

    assert client.session[SESSION_KEY][0]["fields"]["tags"] == ["a", "b"]


def test_a_refused_form_shows_what_was_posted_not_what_waits(client, requester):
    client.post(URL, typed_by(requester))
    sign_in(client, requester)

    page = client.post(URL, {"first_name": "Newer", "last_name": ""}).content.decode()

    assert 'value="Newer"' in page
    assert NOTICE not in page
