"""The two pages a load balancer asks."""

import errno
import os
import resource
import signal
import tempfile

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from helpdesk.models import WorkerHeartbeat
from helpdesk.models.worker_heartbeat import LEASE
from helpdesk.tests.processes import environment, manage
from helpdesk.web import health

PAGES = ["/health/live/", "/health/ready/"]


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    monkeypatch.setattr(health, "_lately", {})
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)


@pytest.fixture
def db(db):
    """With a worker that is alive."""
    WorkerHeartbeat.objects.beat("worker", timezone.now())


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


def test_being_ready_costs_little(client, db, django_assert_max_num_queries):
    client.get("/health/ready/")

    with django_assert_max_num_queries(5):
        client.get("/health/ready/")


def test_however_often_it_is_asked_it_is_looked_at_once_a_second(
    client, db, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(health, "KEPT_SECONDS", 60)
    client.get("/health/ready/")

    with django_assert_num_queries(0):
        assert client.get("/health/ready/").content == b"ok"


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


def not_ready(client, caplog):
    """Answer why it is not ready, which is for the log alone."""
    caplog.clear()
    response = client.get("/health/ready/")
    assert (response.status_code, response.content) == (503, b"not ready")
    assert client.get("/health/live/").status_code == 200
    return caplog.messages[0]


def test_without_a_worker_that_is_alive_it_is_not_ready(client, db, caplog):
    WorkerHeartbeat.objects.beat("worker", timezone.now() - LEASE)

    assert not_ready(client, caplog) == "Not ready: no worker is alive."
    WorkerHeartbeat.objects.beat("other", timezone.now())
    assert client.get("/health/ready/").status_code == 200


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_with_the_disk_full_it_is_not_ready(client, db, caplog, monkeypatch, settings, tmp_path, code):
    settings.MEDIA_ROOT = tmp_path / "files"
    opened = tempfile.TemporaryFile

    def full(dir):
        if str(dir) == str(settings.MEDIA_ROOT):
            raise OSError(code, os.strerror(code))
        return opened(dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", full)

    assert "nothing can be written in" in not_ready(client, caplog)


def test_a_disk_with_a_little_room_is_full(client, db, caplog, settings, tmp_path):
    """Opening a file goes well on a full disk; writing does not."""
    settings.MEDIA_ROOT = tmp_path
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, allowed[1]))
    try:
        found = not_ready(client, caplog)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
        signal.signal(signal.SIGXFSZ, before)

    assert "nothing can be written in" in found
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_takes_no_writes_is_not_ready(client, db, caplog):
    on, off = (
        ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
        if connection.vendor == "sqlite"
        else ("SET transaction_read_only = on", None)
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
        try:
            assert not_ready(client, caplog) == "Not ready: the database takes no writes."
        finally:
            if off:
                cursor.execute(off)


def test_a_database_whose_file_cannot_be_written_is_not_ready(client, db, caplog, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    if connection.vendor == "sqlite":
        assert "cannot be written" in not_ready(client, caplog)
    else:
        # It has no file of ours.
        assert client.get("/health/ready/").status_code == 200


@pytest.mark.parametrize("where", [0, 4096 * 3])
def test_a_damaged_database_is_not_ready(tmp_path, where):
    """where: in its header, and in a page of its own."""
    env = environment(tmp_path, HELPDESK_MODE="demo")
    assert manage("migrate", "-v0", env=env).returncode == 0
    script = (
        "from django.db import connection; from django.utils import timezone;"
        "from helpdesk.models import WorkerHeartbeat;"
        "WorkerHeartbeat.objects.beat('w', timezone.now());"
        "connection.close();"
        "from helpdesk.web.readiness import why_not_ready; print('before:', why_not_ready()); connection.close();"
        f"f = open({str(tmp_path / 'helpdesk.sqlite3')!r}, 'r+b'); f.seek({where});"
        "f.write(b'x' * 4096); f.close();"
        "print('after:', why_not_ready())"
    )

    done = manage("shell", "-v0", "-c", script, env=env)

    assert done.returncode == 0, done.stderr
    before, after = done.stdout.split("\n")[-3:-1]
    assert before == "before: "
    assert len(after) > len("after: ")
