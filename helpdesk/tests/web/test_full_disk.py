"""A disk that is full is told as such, and by nobody as too many tries; and no file is left in its folders."""

import errno
import os
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from accounts.tests.factories import UserFactory
from helpdesk.db.outages import DISK_FULL, is_disk_full
from helpdesk.tests.processes import ROOT, environment
from helpdesk.web.uploads import UnnamedFileUploadHandler


def database_full():
    """As the driver of this database says it."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    if connection.vendor == "postgresql":
        cause = Exception()
        cause.sqlstate = DISK_FULL
    error = OperationalError("full")
    error.__cause__ = cause
    return error


def writes_fail(execute, sql, params, many, context):
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        raise database_full()
    return execute(sql, params, many, context)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_known(code):
    assert is_disk_full(OSError(code, "full"))
    assert not is_disk_full(OSError(errno.EIO, "broken"))
    assert not is_disk_full(None)
    assert not is_disk_full(OperationalError("locked"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("password", "status", "says"),
    [("right-password-4711", 507, "The disk of the help desk is full"), ("wrong", 200, "Wrong email")],
)
def test_signing_in_with_the_disk_full_does_not_say_too_often(password, status, says):
    person = UserFactory()
    person.set_password("right-password-4711")
    person.save()

    with connection.execute_wrapper(writes_fail):
        answer = Client(raise_request_exception=False).post(
            "/auth/login/", {"login": person.email, "password": password}
        )

    assert answer.status_code == status
    assert says in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_form_that_cannot_be_read_with_the_disk_full_says_so(requester, monkeypatch):
    def full(self, *args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(UnnamedFileUploadHandler, "receive_data_chunk", full)
    client = Client(raise_request_exception=False)
    client.force_login(requester)

    answer = client.post("/tickets/uploads/", {"files": SimpleUploadedFile("a.bin", b"x" * 2_000_000)})

    assert answer.status_code == 507


def test_a_killed_process_leaves_nothing_of_what_it_was_reading(tmp_path):
    script = """
        import os, signal
        import django
        django.setup()
        from django.core.files.uploadhandler import load_handler
        from django.conf import settings
        handler = load_handler(settings.FILE_UPLOAD_HANDLERS[-1], None)
        handler.new_file("files", "a.bin", "text/plain", None)
        handler.receive_data_chunk(b"x" * 2_000_000, 0)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    folder = tmp_path / "temporary"
    folder.mkdir()
    env = environment(
        tmp_path, HELPDESK_MODE="demo", DJANGO_SETTINGS_MODULE="helpdesk.settings", TMPDIR=folder
    )

    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=env, cwd=ROOT, timeout=60)

    assert done.returncode == -9
    assert list(folder.iterdir()) == []


def test_a_large_file_is_read_from_where_it_waits(rf):
    content = bytes(range(256)) * 8000
    request = rf.post("/", {"files": SimpleUploadedFile("a.bin", content)})

    file = request.FILES["files"]

    assert (file.name, file.size, file.read()) == ("a.bin", len(content), content)
    assert not hasattr(file, "temporary_file_path")
    file.close()
