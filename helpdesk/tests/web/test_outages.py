"""A database that cannot answer now: a page that asks for patience, and one line in the log."""

import logging
import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import path

from accounts.models import User
from accounts.tests.factories import AdminFactory
from helpdesk.conf.log_format import OneLineFormatter
from helpdesk.urls import handler500  # noqa: F401, the page of errors is this one's, too
from helpdesk.urls import urlpatterns as ours

# PostgreSQL's: too many connections, lock time-out, statement time-out, shut down, deadlock, idle in transaction.
CODES = ["53300", "55P03", "57014", "57P01", "40P01", "25P03"]


def told_by_postgresql(request, code):
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")


def mistaken(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM nowhere")


def writing(request):
    with transaction.atomic():
        User.objects.select_for_update().get(pk=request.user.pk)
        User.objects.filter(pk=request.user.pk).update(first_name="Other")


urlpatterns = [
    *ours,
    path("told/<str:code>/", told_by_postgresql),
    path("mistaken/", mistaken),
    path("writing/", writing),
]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log(caplog):
    """Answer the lines that were written, as the product writes them."""

    def lines():
        told = [record for record in caplog.records if record.levelno >= logging.ERROR]
        return "\n".join(OneLineFormatter().format(record) for record in told).splitlines()

    return lines


@pytest.fixture
def browser(settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    client.force_login(AdminFactory())
    return client


@pytest.fixture
def database_away():
    """Let nobody reach the database until told that it is back."""
    known = dict(connection.settings_dict)

    def leave():
        connection.close()
        connection.settings_dict.update(NAME="/nowhere/at/all", HOST="127.0.0.1", PORT="1")

    yield leave
    connection.close()
    connection.settings_dict.update(known)


def asks_for_patience(answer, lines):
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Not available at the moment" in answer.content.decode()
    (line,) = lines
    assert line.count("Service Unavailable: /") == 1
    return True


@pytest.mark.parametrize(
    "address", ["/", "/tickets/", "/admin/tickets/ticket/", "/live/", "/notifications/bell/"]
)
def test_a_database_that_is_away_asks_for_patience(browser, database_away, log, address):
    database_away()

    assert asks_for_patience(browser.get(address), log())


def test_a_row_that_stays_locked_asks_for_patience(browser, log, settings):
    person, held, done = User.objects.get(), threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            User.objects.select_for_update().get(pk=person.pk)
            held.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    patience = "PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else "SET lock_timeout = 50"
    with connection.cursor() as cursor:
        cursor.execute(patience)
    answer = browser.get("/writing/")
    done.set()
    thread.join()
    connection.close()

    assert asks_for_patience(answer, log())


def test_whatever_postgresql_has_too_little_of(browser, log):
    # SQLite has no codes that a server would tell.
    for code in CODES if connection.vendor == "postgresql" else ():
        before = len(log())
        assert asks_for_patience(browser.get(f"/told/{code}/"), log()[before:]), code


def test_a_mistake_of_ours_stays_one(browser, log):
    answer = browser.get("/mistaken/")

    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert any("Traceback" in line for line in log())
