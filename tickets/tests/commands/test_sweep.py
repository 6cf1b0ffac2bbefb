"""Files nobody sends or reads any more, and tickets that have been in the trash for long, go by themselves."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from tickets.models import Attachment, Ticket, Upload
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def upload(requester):
    return Upload.objects.receive(SimpleUploadedFile("log.txt", b"hello"), owner=requester, form="new-1")


def run(name, *args):
    said = StringIO()
    call_command(name, *args, stdout=said)
    return said.getvalue().strip()


def age(path, **by):
    then = time.time() - timedelta(**by).total_seconds()
    os.utime(path, (then, then))


def forget(upload):
    Upload.objects.filter(pk=upload.pk).update(created_at=timezone.now() - timedelta(hours=25))


def stray(folder, **by):
    path = folder / "ab" / "abandoned"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half a fi")
    age(path, **by)
    return path


def test_a_file_that_was_never_sent_goes_after_a_day(upload):
    path = Path(upload.file.path)

    assert run("sweep_files").startswith("Removed 0 never sent")
    forget(upload)
    assert run("sweep_files").startswith("Removed 1 never sent")

    assert not Upload.objects.exists()
    assert not path.exists()


def test_what_a_broken_off_upload_left_goes_after_an_hour(folder):
    path = stray(folder, minutes=59)

    assert run("sweep_files") == "Removed 0 never sent and 0 without a row."
    age(path, minutes=61)
    assert run("sweep_files") == "Removed 0 never sent and 1 without a row."

    assert not path.exists()


def test_what_was_sent_stays(upload, ticket, requester):
    forget(upload)
    ticket.reply("See file.", by=requester, files=[upload])
    path = Path(Attachment.objects.get().file.path)
    age(path, days=9)

    assert run("sweep_files") == "Removed 0 never sent and 0 without a row."

    assert path.exists()


def test_a_dry_run_only_counts(upload, folder):
    forget(upload)
    path = stray(folder, hours=2)

    assert run("sweep_files", "--dry-run") == "Would remove 1 never sent and 1 without a row."

    assert path.exists()
    assert Upload.objects.exists()


def test_sweeping_without_any_file_yet_is_fine():
    assert run("sweep_files") == "Removed 0 never sent and 0 without a row."


def trashed(days, ticket, admin):
    ticket.trash(by=admin)
    then = timezone.now() - timedelta(days=days)
    QuerySet(Ticket).filter(pk=ticket.pk).update(trashed_at=then)
    return ticket


@pytest.mark.parametrize(("days", "purged"), [(29, 0), (31, 1)])
def test_the_trash_is_emptied_of_what_is_older_than_the_setting(ticket, admin, days, purged):
    trashed(days, ticket, admin)

    assert run("empty_trash") == f"Purged {purged}, in the trash for more than 30 days; 0 failed."

    ticket.refresh_from_db()
    assert (ticket.purged_at is not None) == bool(purged)
    assert run("empty_trash").startswith("Purged 0,")


def test_emptying_the_trash_removes_files_from_the_disk(ticket, admin, requester, upload):
    ticket.reply("See file.", by=requester, files=[upload])
    path = Path(Attachment.objects.get().file.path)
    trashed(31, ticket, admin)

    run("empty_trash", "--dry-run")
    assert path.exists()
    run("empty_trash")

    assert not path.exists()
    assert Attachment.objects.get().is_redacted


def test_one_ticket_that_cannot_be_purged_does_not_keep_the_others(ticket, admin, monkeypatch):
    other = TicketFactory(requester=ticket.requester)
    trashed(40, ticket, admin)
    trashed(31, other, admin)
    purge = Ticket.purge

    def failing(self, **kwargs):
        if self.pk == ticket.pk:
            raise OSError
        purge(self, **kwargs)

    monkeypatch.setattr(Ticket, "purge", failing)

    assert run("empty_trash") == "Purged 1, in the trash for more than 30 days; 1 failed."
