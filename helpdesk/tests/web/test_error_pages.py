"""The pages for what went wrong: they say what to do, and they work when little else does."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from helpdesk.server.request_limits import BODY_BYTES
from helpdesk.urls import handler400, handler403, handler404  # noqa: F401, the pages of errors are these, too
from helpdesk.urls import urlpatterns as ours


def forbidden(request):
    raise PermissionDenied


def broken(request):
    raise ZeroDivisionError("a secret of the machine")


urlpatterns = [*ours, path("forbidden/", forbidden), path("broken/", broken)]


@pytest.fixture
def visitor(settings):
    """A guest's browser, for which errors are pages, on a site with two pages that fail."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if name != "accounts.middleware.SignInMiddleware"
    ]
    return Client(raise_request_exception=False)


def headings(response):
    page = response.content.decode()
    assert page.count("<h1") == page.count("</main>") == 1
    return page


def test_an_address_that_is_none_leads_to_sign_in_for_a_guest(visitor, db):
    response = visitor.get("/nothing/here")

    page = headings(response)
    assert response.status_code == 404
    assert "There is nothing here" in page
    assert "You may have to sign in first." in page


def test_an_address_that_is_none_keeps_the_navigation_of_who_is_signed_in(client_of, requester):
    response = client_of(requester).get("/nothing/here")

    page = headings(response)
    assert response.status_code == 404
    assert "Create Ticket" in page
    assert "sign in first" not in page


def test_a_missing_right_is_told(visitor, db):
    response = visitor.get("/forbidden/")

    assert response.status_code == 403
    assert "You may not do that" in headings(response)


def test_our_own_mistake_tells_nothing_and_needs_no_database(visitor):
    # No fixture of a database: a query would fail.
    response = visitor.get("/broken/")

    page = headings(response)
    assert response.status_code == 500
    assert "Something went wrong" in page
    assert "secret" not in page
    assert "{%" not in page


def test_a_request_for_another_host_is_not_understood(visitor):
    response = visitor.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil" not in headings(response)


def test_a_form_of_too_many_fields_is_not_understood(visitor, db):
    response = visitor.post("/auth/login/", {f"f{n}": "x" for n in range(400)})

    assert response.status_code == 400
    assert "should still be there" in headings(response)


@pytest.mark.parametrize("size", [BODY_BYTES + 1, 50 * 1024 * 1024])
def test_a_form_that_is_too_large_is_refused_by_its_announced_size(visitor, size):
    response = visitor.generic("POST", "/auth/login/", b"", CONTENT_LENGTH=str(size))

    assert response.status_code == 413
    assert "too large" in headings(response)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "FOO"])
def test_a_method_no_page_knows_is_not_allowed(visitor, method):
    response = visitor.generic(method, "/auth/login/", headers={"x-secret": "word"})

    assert response.status_code == 405
    assert "POST" in response["Allow"]
    assert b"word" not in response.content


# -- an expired form -----------------------------------------------------------------------------
@pytest.fixture
def strict(requester):
    """The requester's browser, whose security tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(requester)
    return client


def test_an_expired_form_gives_back_what_was_typed(strict):
    text = "It smokes.\n<script>alert(1)</script> & more"

    response = strict.post("/tickets/new/", {"title": "x" * 30, "description": text})

    page = headings(response)
    assert response.status_code == 403
    assert "This form has expired" in page
    assert "x" * 30 in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert" not in page
    assert page.count("<textarea") == page.count("readonly") == 2


def test_an_expired_form_never_shows_a_password(strict):
    secret = "correct horse battery staple"
    names = ("password", "password1", "password2", "oldpassword")

    response = strict.post("/auth/login/", dict.fromkeys(names, secret))

    assert response.status_code == 403
    assert secret not in response.content.decode()


def test_an_expired_form_without_text_says_what_to_do(strict):
    response = strict.post("/tickets/new/", {"choice": "1"})

    assert "Go back, reload the page, and try again." in headings(response)


def test_the_address_of_a_button_says_so_instead_of_staying_blank(client_of, requester):
    answer = client_of(requester).post("/tickets/")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert "This cannot be done this way" in " ".join(answer.content.decode().split())
