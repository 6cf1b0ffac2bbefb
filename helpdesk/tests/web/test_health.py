"""The two pages a load balancer asks."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

PAGES = ["/health/live/", "/health/ready/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_guest_is_told_ok_and_nothing_else(client, db, path):
    response = client.get(path)

    assert response.status_code == 200
    assert response.content == b"ok"
    assert response["Content-Type"].startswith("text/plain")
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_get_and_head_are_answered(client, db, path, method):
    response = getattr(client, method)(path)

    assert response.status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_production_answers_over_plain_http(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^health/"]

    assert client.get(path).status_code == 200
    assert client.get("/").status_code == 301


def test_being_alive_asks_the_database_nothing(client):
    # No fixture of a database: a query would fail.
    assert client.get("/health/live/").status_code == 200


def test_being_ready_costs_two_queries_at_most(client, db, django_assert_max_num_queries):
    client.get("/health/ready/")

    with django_assert_max_num_queries(2):
        client.get("/health/ready/")


def test_a_migration_not_applied_is_not_ready(client, db):
    MigrationRecorder.Migration.objects.filter(app="tickets", name="0001_initial").delete()

    response = client.get("/health/ready/")

    assert response.status_code == 503
    assert response.content == b"not ready"


def test_a_database_that_is_away_is_not_ready_but_alive(client, db):
    def away(*args):
        raise OperationalError("connection refused: secret-host")

    with connection.execute_wrapper(away):
        ready, alive = client.get("/health/ready/"), client.get("/health/live/")

    assert ready.status_code == 503
    assert b"secret-host" not in ready.content
    assert alive.status_code == 200
