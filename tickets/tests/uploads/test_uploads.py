"""Receiving files: what is taken, what is refused, and what is left behind."""

import errno
import hashlib
import os
import shutil
import stat
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from PIL import Image

from tickets.errors import FileGone, FileRefused
from tickets.files.content_types import refuse_disguise, type_of
from tickets.files.names import cleaned_name
from tickets.files.storage import RESERVE, SyncedStorage
from tickets.models import Attachment, Preview, Upload
from tickets.models import upload as upload_model
from tickets.uploads.cleanup import sweep

PNG = b"\x89PNG\r\n\x1a\n"


def file(content=b"hello", name="log.txt"):
    return SimpleUploadedFile(name, content)


def picture(size=(2000, 1000), kind="PNG", **more):
    drawn = BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **more)
    return drawn.getvalue()


def media(brand, *compatible):
    """Answer the beginning of an ISO base media file, a photo of a telephone above all."""
    box = b"ftyp" + brand + bytes(4) + b"".join(compatible)
    return (4 + len(box)).to_bytes(4, "big") + box + b"\0\0\1\0meta" + bytes(300)


def read(stored):
    with stored.open() as opened:
        return opened.read()


def on_disk():
    return sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.fixture
def receive(requester, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return lambda *args, form="new-1": Upload.objects.receive(file(*args), owner=requester, form=form)


def test_a_file_waits_for_its_form_under_a_name_nobody_can_guess(receive, requester):
    upload = receive(b"hello", "log.txt")

    assert (upload.name, upload.content_type, upload.size) == ("log.txt", "text/plain", 5)
    assert upload.sha256 == hashlib.sha256(b"hello").hexdigest()
    assert read(upload.file) == b"hello"
    assert "log" not in upload.file.name
    assert list(Upload.objects.waiting(requester, "new-1")) == [upload]
    path = Path(upload.file.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\shot.png", "shot.png"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\u200b\u2066b\ufeff.txt", "ab.txt"),
        ("a\r\nBcc: x@y.txt", "aBcc: x@y.txt"),
        ("nul\x00byte.txt", "nulbyte.txt"),
        ("e\u0301.txt", "é.txt"),
        ("", "file"),
        ("..", "file"),
        ("\u200b", "file"),
        (" trailing. ", "trailing"),
        ("a" * 300 + ".docx", "a" * 195 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 198),
        ("Übersicht (März) 😀.pdf", "Übersicht (März) 😀.pdf"),
        (".htaccess", "htaccess"),
        ('"><img src=x onerror=1>.png', '"><img src=x onerror=1>.png'),
        ("\u3000", "file"),
        ("Bericht\u30001.txt", "Bericht\u30001.txt"),
        ("3.04.05\u202fPM.png", "3.04.05\u202fPM.png"),
        ("a&copy=1.txt", "a&copy=1.txt"),
        ("50%22.txt", "50%22.txt"),
        ("👩\u200d💻.png", "👩\u200d💻.png"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.pdf",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.pdf",
        ),
        ("क्\u200dष.txt", "क्\u200dष.txt"),
        ("a\u200d.\u200dtxt", "a.txt"),
        ("\u3000\u200d\u200b\u200c\u3000", "file"),
    ],
)
def test_names_are_cleaned(sent, shown):
    assert cleaned_name(sent) == shown


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"hello", "text/plain"),
        ("größer".encode(), "text/plain"),
        ("größer".encode("utf-16"), "text/plain"),
        (b"BM says hello", "text/plain"),
        (b"#!/bin/sh\nls", "text/plain"),
        (PNG + b"\0" * 30, "image/png"),
        (b"GIF89a" + b"\0" * 20, "image/gif"),
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"PK\x03\x04" + b"\0" * 40, "application/zip"),
        (b"MZ\x90\0" + b"\0" * 99, "application/x-executable"),
        (b"\x7fELF" + b"\0" * 99, "application/x-executable"),
        (b" \n<!-- x --><!DOCTYPE html><p>", "text/html"),
        (b"<script>alert(1)</script>", "text/html"),
        (b"\xef\xbb\xbf<html>", "text/html"),
        ("<html>".encode("utf-16"), "text/html"),
        (b'<?xml version="1.0"?><svg xmlns="x" onload="alert(1)">', "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b'<?xml version="1.0"?><!-- x --><svg>', "application/xml"),
        (b"<!---->" * 9000 + b"<", "text/plain"),
        (b"\x01\x02\x03\x04\xff", "application/octet-stream"),
        (media(b"heic", b"mif1", b"heic"), "image/heic"),
        (media(b"heic", b"mif1", b"MiHB", b"heic"), "image/heic"),
        (media(b"heic", b"mif1", b"MiPr", b"miaf", b"MiHB", b"heic"), "image/heic"),
        (media(b"mif1", b"mif1", b"heic"), "image/heic"),
        (media(b"mif1", b"miaf"), "image/heif"),
        (media(b"avif", b"avif", b"mif1", b"miaf"), "image/avif"),
        (media(b"mp42", b"isom", b"mp42"), "video/mp4"),
        (media(b"isom", b"iso2", b"avc1", b"mp41"), "video/mp4"),
        (media(b"qt  "), "video/quicktime"),
        (media(b"M4A ", b"M4A ", b"mp42", b"isom"), "audio/mp4"),
        (b"\xff\xff\xff\xffftypheic", "image/heic"),
        (("ä" * 65536).encode()[:65536], "text/plain"),
        ((b"a" + "ä".encode() * 65536)[:65536], "text/plain"),
    ],
)
def test_the_type_is_found_in_the_content(content, found):
    assert type_of(content) == found


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", b"<html><script>alert(1)</script>", "web page"),
        ("a.jpg", b"<svg onload=alert(1)>", "drawing"),
        ("a.pdf", b"MZ\x90\0" + b"\0" * 99, "program"),
        ("a.txt", b"\x7fELF" + b"\0" * 99, "program"),
        ("a.gif", b"just words", "text/plain"),
        ("a.docx", b"<!doctype html><p>", "web page"),
        ("a.xls", b"<svg onload=alert(1)>", "drawing"),
        ("a.heic", media(b"mp42", b"isom"), "video/mp4"),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused_and_leaves_nothing(receive, name, content, says):
    with pytest.raises(FileRefused) as refusal:
        receive(content, name)

    assert name in str(refusal.value)
    assert says in str(refusal.value)
    assert on_disk() == []
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", picture(kind="JPEG")),
        ("page.html", b"<html>"),
        ("setup.exe", b"MZ\0\0"),
        ("plates.csv", "MZ;Größe\n".encode("cp1252")),
        ("sjis.txt", "MZ印刷".encode("shift-jis")),
        ("café.log", b"\xca\xfe\xba\xbe"),
        ("web.log", b"<html>"),
        ("report.xls", b"<html><table><tr><td>1"),
        ("Offer.DOC", b"<!DOCTYPE html><html xmlns:w='urn:schemas-microsoft-com:office:word'>"),
        ("IMG_1.HEIC", media(b"heic", b"mif1", b"MiHB", b"heic")),
        ("IMG_1.heic", media(b"mif1", b"mif1", b"heic")),
    ],
)
def test_an_honest_or_harmless_name_is_taken(name, content):
    refuse_disguise(name, type_of(content))


def test_nothing_and_too_much_are_refused(receive, settings):
    settings.FILE_SIZE_MB = 1

    with pytest.raises(FileRefused, match=r"“log.txt” is empty"):
        receive(b"")
    with pytest.raises(FileRefused, match="at most 1 MB"):
        receive(b"x" * (1024 * 1024 + 1))
    receive(b"x" * 1024 * 1024)


def test_one_file_too_many_is_refused_of_each_form(receive, settings):
    settings.FILES_PER_MESSAGE = 2
    receive(b"1")
    receive(b"2")

    with pytest.raises(FileRefused, match="at most 2 files"):
        receive(b"3")
    receive(b"3", form="new-2")
    assert len(on_disk()) == 3


def test_nobody_lets_files_wait_without_end(receive, monkeypatch):
    monkeypatch.setattr("tickets.models.upload.WAITING_AT_MOST", 2)
    receive(form="new-1")
    receive(form="new-2")

    with pytest.raises(FileRefused, match="Send or remove some first"):
        receive(form="new-3")


@pytest.fixture
def two_megabytes_a_day(settings, monkeypatch):
    assert upload_model.FULL_MESSAGES_A_DAY >= 10
    monkeypatch.setattr(upload_model, "FULL_MESSAGES_A_DAY", 2)
    settings.FILES_PER_MESSAGE, settings.FILE_SIZE_MB = 1, 1


MEGABYTE = 1024 * 1024


def test_who_has_sent_a_day_s_worth_of_files_is_told_to_send_the_next_tomorrow(
    receive, requester, ticket, two_megabytes_a_day, time_machine
):
    time_machine.move_to("2026-03-02 12:00:00+00:00", tick=False)
    receive(bytes(MEGABYTE))
    ticket.reply("Look.", by=requester, files=Upload.objects.all())
    waiting = receive(bytes(MEGABYTE - 1))

    receive(b"x", form="new-2")
    with pytest.raises(
        FileRefused, match=r"“b.txt” was not uploaded: within a day you can send 2 MB of files"
    ):
        receive(b"y", "b.txt", form="new-3")
    assert len(on_disk()) == 3
    # What is removed makes room, and so does the night.
    waiting.remove()
    receive(b"y", form="new-3")
    time_machine.shift(timedelta(days=1, seconds=1))
    receive(bytes(MEGABYTE - 2), form="new-4")


def test_files_of_others_and_of_who_works_tickets_do_not_count(
    receive, admin, other_requester, two_megabytes_a_day
):
    receive(bytes(MEGABYTE), form="new-1")
    receive(bytes(MEGABYTE), form="new-2")

    Upload.objects.receive(file(), owner=other_requester, form="new-1")
    for number in range(3):
        Upload.objects.receive(file(bytes(MEGABYTE)), owner=admin, form=f"new-{number}")


def test_a_day_s_files_sent_at_once_are_counted_one_after_the_other(
    receive, two_megabytes_a_day, monkeypatch
):
    """Both find room before either has a row; the second of them learns that there is none any more."""
    save = SyncedStorage._save

    def another_meanwhile(self, name, content):
        monkeypatch.setattr(SyncedStorage, "_save", save)
        receive(bytes(MEGABYTE), form="new-2")
        receive(bytes(MEGABYTE), form="new-3")
        return save(self, name, content)

    monkeypatch.setattr(SyncedStorage, "_save", another_meanwhile)

    with pytest.raises(FileRefused, match="within a day"):
        receive(b"x")

    assert len(on_disk()) == Upload.objects.count() == 2


def test_the_same_file_sent_again_to_a_form_waits_there_once(receive, settings):
    settings.FILES_PER_MESSAGE = 1
    first = receive(b"hello", "a.txt")

    again = receive(b"hello", "a.txt")

    assert again == first
    assert Upload.objects.count() == len(on_disk()) == 1


def test_another_name_another_content_and_another_form_are_other_files(receive):
    receive(b"hello", "a.txt")
    receive(b"hello", "b.txt")
    receive(b"other", "a.txt")
    receive(b"hello", "a.txt", form="new-2")

    assert Upload.objects.count() == len(on_disk()) == 4


def test_the_same_file_sent_twice_at_once_waits_once(receive, monkeypatch):
    """The other copy comes between the first look and the lock."""
    save = SyncedStorage._save

    def save_after_the_other(self, name, content):
        monkeypatch.setattr(SyncedStorage, "_save", save)
        receive(b"hello", "a.txt")
        return save(self, name, content)

    monkeypatch.setattr(SyncedStorage, "_save", save_after_the_other)
    receive(b"hello", "a.txt")

    assert Upload.objects.count() == len(on_disk()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_line_lost_just_after_the_commit_leaves_the_file_to_its_row(receive, monkeypatch):
    commit = BaseDatabaseWrapper.commit

    def commit_and_lose_the_line(self):
        commit(self)
        monkeypatch.setattr(BaseDatabaseWrapper, "commit", commit)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(BaseDatabaseWrapper, "commit", commit_and_lose_the_line)
    with pytest.raises(OperationalError):
        receive(b"hello", "a.txt")

    kept = Upload.objects.get()
    assert read(kept.file) == b"hello"
    assert receive(b"hello", "a.txt") == kept
    assert len(on_disk()) == 1


def test_a_file_whose_row_was_not_written_is_left_to_the_sweep(receive, monkeypatch):
    monkeypatch.setattr(Upload, "save", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        receive(b"hello", "a.txt")

    (path,) = on_disk()
    os.utime(path, (0, 0))
    assert sweep().strays == 1
    assert on_disk() == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_as_such_and_leaves_nothing(receive, monkeypatch, code):
    def full(self, *args):
        Path(self.path(args[0])).parent.mkdir(parents=True)
        Path(self.path(args[0])).touch()
        raise OSError(code, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(FileRefused, match=r"“a.txt” was not uploaded: the help desk has no room"):
        receive(b"hello", "a.txt")

    assert on_disk() == []
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("total", "free", "is_taken"),
    [
        (10_000, RESERVE // 1024**2, False),
        (10_000, RESERVE // 1024**2 + 1, True),
        # A small disk keeps less.
        (100, 5, False),
        (100, 6, True),
    ],
)
def test_a_disk_is_not_filled_to_its_last_byte(receive, monkeypatch, caplog, total, free, is_taken):
    disk = shutil._ntuple_diskusage(total * MEGABYTE, (total - free) * MEGABYTE, free * MEGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: disk)

    if is_taken:
        receive(bytes(MEGABYTE))
    else:
        with pytest.raises(FileRefused, match="has no room left for files"):
            receive(bytes(MEGABYTE))
        assert "there is no room left" in caplog.text
    assert len(on_disk()) == is_taken


def test_a_message_takes_the_files_along(receive, ticket, requester):
    receive(picture(), "a.png")
    receive(b"hello", "b.txt")

    ticket.reply("", by=requester, files=Upload.objects.waiting(requester, "new-1"))

    attachments = ticket.events.last().attachments.all()
    assert [attachment.name for attachment in attachments] == ["a.png", "b.txt"]
    assert read(attachments[1].file) == b"hello"
    assert not Upload.objects.exists()


def test_a_file_is_sent_once(receive, ticket, requester):
    upload = receive()
    ticket.reply("One.", by=requester, files=[upload])

    upload_again = Upload(pk=1, owner=requester, name="log.txt", size=5, file="x")
    with pytest.raises(FileGone):
        ticket.reply("Two.", by=requester, files=[upload_again])

    assert Attachment.objects.count() == 1
    assert ticket.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_removing_takes_the_row_and_then_the_file_and_only_once(receive):
    upload = receive(picture(), "a.png")
    again = Upload.objects.get()
    assert len(on_disk()) == 2

    assert upload.remove()
    assert on_disk() == []
    assert not Preview.objects.exists()
    assert not again.remove()
