"""Previews of pictures: made by the worker, in a process with bounds, and never waited for."""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from PIL import Image, PngImagePlugin

from tickets.files import preview_process, previews
from tickets.models import Attachment, Preview, Upload
from tickets.models.preview import make_preview
from tickets.models.upload import with_previews
from tickets.uploads.cleanup import sweep

MADE, TOO_LARGE, TOO_MANY_SCANS = 0, preview_process.TOO_LARGE, preview_process.TOO_MANY_SCANS


def picture(size=(2000, 1000), kind="PNG", mode="RGB", colour=None, **more):
    drawn = BytesIO()
    Image.new(mode, size, "teal" if colour is None else colour).save(drawn, kind, **more)
    return drawn.getvalue()


def on_disk():
    return sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def process(tmp_path, content, kind):
    """Run the process on its own; answer its code and the picture."""
    (tmp_path / "picture").write_bytes(content)
    with open(tmp_path / "picture", "rb") as file:
        running = subprocess.Popen(
            [sys.executable, "-I", preview_process.__file__, kind, "WEBP", "1280"],
            stdin=file,
            stdout=subprocess.PIPE,
        )
    with running.stdout:
        made = running.stdout.read()
    return running.wait(30), made and Image.open(BytesIO(made))


@pytest.fixture
def receive(requester, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return lambda content, name="a.png": Upload.objects.receive(
        SimpleUploadedFile(name, content), owner=requester, form="new-1"
    )


# -- the process ---------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_decoded_and_written_anew(tmp_path, kind):
    code, made = process(tmp_path, picture(kind=kind), kind)

    assert (code, made.format, made.size) == (MADE, "WEBP", (1280, 640))


@pytest.mark.parametrize(
    ("kind", "size", "mode", "shown"),
    [
        ("PNG", (7680, 4320), "RGB", (1280, 720)),
        ("PNG", (7680, 4320), "RGBA", (1280, 720)),
        ("PNG", (6300, 6200), "RGB", (1280, 1260)),
        ("PNG", (12000, 9000), "P", (1280, 960)),
        ("JPEG", (12000, 9000), "RGB", (1280, 960)),
        ("JPEG", (12000, 9000), "CMYK", (1280, 960)),
    ],
)
def test_large_pictures_get_one_within_the_bounds(tmp_path, kind, size, mode, shown):
    colour = {"P": 3, "CMYK": (9, 9, 9, 9), "RGBA": (0, 128, 128, 99)}.get(mode, "teal")

    code, made = process(tmp_path, picture(size, kind, mode, colour), kind)

    assert (code, made.size) == (MADE, shown)


def test_no_decoder_gets_more_memory_than_its_bound(tmp_path):
    assert preview_process.MEMORY <= 350 * 1024 * 1024
    assert process(tmp_path, picture((30_000, 30_000), mode="1", colour=0), "PNG")[0] == TOO_LARGE


def test_no_decoder_gets_more_of_the_processor_than_its_bound(tmp_path):
    assert preview_process.SECONDS <= 15
    bounded = "from tickets.files import preview_process as p; p.SECONDS = 1; p.bound()\nwhile True: pass"

    done = subprocess.run([sys.executable, "-c", bounded], cwd=Path(__file__).parents[3], timeout=30)

    assert done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def scans(number):
    """A progressive JPEG whose last scan comes again and again."""
    drawn = picture((64, 64), "JPEG", progressive=True)
    last = drawn.rindex(b"\xff\xda")
    return drawn[:-2] + drawn[last:-2] * number + b"\xff\xd9"


def test_scans_of_a_jpeg_are_counted_before_it_is_decoded(tmp_path):
    assert process(tmp_path, scans(20), "JPEG")[0] == MADE
    assert process(tmp_path, scans(preview_process.SCANS), "JPEG")[0] == TOO_MANY_SCANS


def test_grey_of_16_bits_keeps_its_shades(tmp_path):
    drawn, shades = BytesIO(), Image.new("I;16", (256, 1))
    shades.putdata([shade * 257 for shade in range(256)])
    shades.resize((256, 8)).save(drawn, "PNG")

    _, made = process(tmp_path, drawn.getvalue(), "PNG")

    found = [made.getpixel((x, 4))[0] for x in (0, 64, 128, 192, 255)]
    assert all(abs(shade - x) <= 3 for shade, x in zip(found, (0, 64, 128, 192, 255), strict=True)), found


def test_what_is_see_through_stays_so(tmp_path):
    _, made = process(tmp_path, picture((4, 4), mode="RGBA", colour=(255, 0, 0, 0)), "PNG")

    assert made.getpixel((1, 1))[3] == 0


def test_a_picture_taken_sideways_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6

    _, made = process(tmp_path, picture((200, 100), "JPEG", exif=exif), "JPEG")

    assert made.size == (100, 200)


def test_nothing_of_the_metadata_is_left(receive):
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "hunter2 and where it was taken")
    exif = Image.Exif()
    exif[0x010E] = "hunter2 again"

    receive(picture(pnginfo=about, exif=exif))

    with Preview.objects.get().file.open() as file:
        assert b"hunter2" not in file.read()


# -- the task ------------------------------------------------------------------------------------
def test_sending_a_picture_waits_for_no_decoder(receive, work_off, monkeypatch):
    monkeypatch.setattr("tickets.models.preview.preview_of", lambda *args: 1 / 0)

    receive(picture())

    assert DBTaskResult.objects.get().task_path == "tickets.models.preview.make_preview"
    assert Preview.objects.waiting().count() == 1


def test_mail_goes_before_previews():
    assert make_preview.priority < 0


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.tif"])
def test_other_files_ask_for_none(receive, name):
    receive({"a.txt": b"hello", "a.pdf": b"%PDF-1.7", "a.tif": picture((9, 9), "TIFF")}[name], name)

    assert not Preview.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "cannot be read"),
        (picture()[:200], "cannot be read"),
        (picture((30_000, 30_000), mode="1", colour=0), "too large"),
    ],
)
def test_a_picture_without_a_preview_says_why(receive, content, says):
    receive(content)

    (upload,) = with_previews(Upload.objects.all())
    assert says in upload.missing_picture
    assert upload.picture == ""


def test_a_decoder_that_takes_too_long_is_ended(receive, monkeypatch):
    monkeypatch.setattr(previews, "SECONDS", 0.001)

    receive(picture())

    assert Preview.objects.get().refusal == "slow"


def test_running_it_twice_makes_one(receive):
    upload = receive(picture())
    kept, before = Preview.objects.get(), on_disk()

    make_preview.call(upload.file.name, "image/png")

    assert Preview.objects.get().file == kept.file
    assert on_disk() == before


def test_a_picture_removed_meanwhile_leaves_nothing(receive, monkeypatch):
    made = previews.preview_of

    def remove_and_make(file, content_type):
        content = made(file, content_type)
        Preview.objects.all().delete()
        return content

    monkeypatch.setattr("tickets.models.preview.preview_of", remove_and_make)
    upload = receive(picture())

    assert on_disk() == [upload.file.path]


def test_a_picture_that_is_gone_fails_no_task(receive, work_off):
    upload = receive(picture())
    Path(upload.file.path).unlink()

    work_off()

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


# -- pages, redaction, the sweep -----------------------------------------------------------------
def page_of(client, ticket):
    return client.get(f"/tickets/{ticket.pk}/").content.decode()


def test_a_page_shows_the_file_at_once_and_the_picture_once_it_is_there(
    receive, work_off, client_of, requester, ticket
):
    client = client_of(requester)
    ticket.reply("", by=requester, files=[receive(picture(), "shot.png")])
    address = f"/tickets/{ticket.pk}/files/{Attachment.objects.get().pk}/preview/"

    before = page_of(client, ticket)
    assert "shot.png" in before
    assert "The preview is being made." in before
    assert address not in before
    assert client.get(address).status_code == 404

    work_off()
    after = page_of(client, ticket)
    assert "The preview is being made." not in after
    assert address in after
    shown = client.get(address)
    assert shown.headers["Content-Type"] == "image/webp"
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"


def test_a_page_says_why_none_comes(receive, client_of, requester, ticket):
    ticket.reply("", by=requester, files=[receive(picture()[:200], "shot.png")])

    assert "No preview: the picture cannot be read." in page_of(client_of(requester), ticket)


@pytest.mark.django_db(transaction=True)
def test_redacting_a_file_removes_its_picture(receive, requester, ticket):
    ticket.reply("", by=requester, files=[receive(picture())])
    assert len(on_disk()) == 2

    ticket.redact([2], by=None)

    assert on_disk() == []
    assert not Preview.objects.exists()


def test_the_sweep_keeps_pictures_of_files_and_removes_those_of_none(receive, requester, ticket):
    ticket.reply("", by=requester, files=[receive(picture())])
    receive(picture((9, 9)))
    for path in on_disk():
        age(path)

    assert sweep().strays == 0
    Upload.objects.all().delete()
    assert sweep().strays == 2

    assert len(on_disk()) == 2
    assert Preview.objects.get().source == Attachment.objects.get().file.name


def age(path):
    then = time.time() - 7200
    os.utime(path, (then, then))
