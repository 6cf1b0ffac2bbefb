"""Every kind of answer carries the headers, whoever made it. Static files: see test_server.py."""

import pytest
from django.conf import settings as configured
from django.test import Client

from accounts.tests.factories import PASSWORD

from ..answers import POLICY, check_headers
from .test_error_pages import visitor  # noqa: F401, a fixture


def test_the_policy_of_the_settings_is_the_one_tested_here():
    policy = configured.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert {name: " ".join(values) for name, values in policy.items()} == POLICY


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/auth/login/", 200),
        ("/health/live/", 200),
        ("/tickets", 301),
        ("/nothing/", 404),
        ("/static/nothing.css", 404),
        ("/forbidden/", 403),
        ("/broken/", 500),
        ("/auth/login/?next=%00", 200),
    ],
)
def test_a_page_carries_the_headers(visitor, db, path, status):  # noqa: F811
    response = visitor.get(path)

    assert response.status_code == status
    check_headers(response.headers)


def test_a_redirection_to_sign_in_carries_the_headers(client, db):
    response = client.get("/tickets/")

    assert response.status_code == 302
    check_headers(response.headers)


def test_a_refused_request_carries_the_headers(visitor, db):  # noqa: F811
    refused = {
        400: visitor.get("/", headers={"host": "evil.example"}),
        405: visitor.generic("TRACE", "/"),
        413: visitor.generic("POST", "/", b"", CONTENT_LENGTH="99999999"),
        403: Client(enforce_csrf_checks=True).post("/auth/login/", {}),
    }

    for status, response in refused.items():
        assert response.status_code == status
        check_headers(response.headers)


def test_pages_of_a_person_are_never_kept(client_of, requester):
    response = client_of(requester).get("/auth/password/change/")

    check_headers(response.headers)


def test_cookies_cannot_be_read_by_scripts_or_sent_from_elsewhere(client, requester):
    client.post("/auth/login/", {"login": requester.email, "password": PASSWORD})

    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
