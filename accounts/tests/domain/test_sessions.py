"""Who a request is of, before it is looked at as one."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection

from accounts.sessions import is_signed_in


@pytest.fixture(autouse=True)
def keep_connection(monkeypatch):
    # It would close the one that holds the test's transaction.
    monkeypatch.setattr("accounts.sessions.close_old_connections", lambda: None)


def cookies(client):
    return f"theme=dark; {settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_who_is_signed_in_is_known(client_of, requester):
    assert is_signed_in(cookies(client_of(requester)))


@pytest.mark.parametrize(
    "header",
    ["", "theme=dark", "sessionid=", "sessionid=forged", "sessionid=\x00", ";;=", "sessionid=" + "a" * 40],
)
def test_a_guest_is_not(db, header):
    assert not is_signed_in(header)


def test_a_session_of_nobody_is_a_guest_s(client, db):
    client.session.save()
    session = client.session
    session["form_recovery"] = []
    session.save()

    assert not is_signed_in(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")


def test_a_session_that_is_over_is_a_guest_s(client_of, requester):
    header = cookies(client_of(requester))
    Session.objects.all().delete()

    assert not is_signed_in(header)


def test_somebody_whose_account_is_closed_is_a_guest(client_of, requester):
    header = cookies(client_of(requester))
    type(requester).objects.filter(pk=requester.pk).update(is_active=False)

    assert not is_signed_in(header)


def test_while_the_database_is_away_everybody_is_a_guest(client_of, requester):
    header = cookies(client_of(requester))

    def away(*args):
        raise OperationalError

    with connection.execute_wrapper(away):
        assert not is_signed_in(header)
