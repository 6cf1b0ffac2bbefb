"""Files on their way: sent with a form or before it, removed, and read by whoever may."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tickets.models import Ticket, Upload
from tickets.models.attachment import Attachment
from tickets.models.message import Message
from tickets.models.ticket.redaction import blank
from tickets.tests.factories import RequestTypeFactory

UPLOADS = "/tickets/uploads/"
JSON = {"headers": {"accept": "application/json"}}


def file(name="log.txt", content=b"hello"):
    return SimpleUploadedFile(name, content, content_type="text/html")


def picture():
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def upload(owner, form, name="log.txt", content=b"hello"):
    return Upload.objects.receive(file(name, content), owner=owner, form=form)


def attach(ticket, by, name="log.txt", content=b"hello", verb="reply"):
    getattr(ticket, verb)("See file.", by=by, files=[upload(by, "any", name, content)])
    return Attachment.objects.last()


def address(attachment, *more):
    return "/".join([f"/tickets/{attachment.event.ticket_id}/files/{attachment.pk}", *more, ""])


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def typed(db):
    return {
        "title": "Printer eats paper",
        "request_type": RequestTypeFactory().pk,
        "description": "Since Monday.",
        "token": str(uuid.uuid4()),
    }


# -- with the form, as browsers without script do ------------------------------------------------
def test_a_new_ticket_takes_its_files_along(requester, client_of, typed):
    client = client_of(requester)

    answer = client.post("/tickets/new/", typed | {"files": [file(), file("shot.png", picture())]})

    opening = Ticket.objects.get().events.get()
    assert [attachment.name for attachment in opening.attachments.all()] == ["log.txt", "shot.png"]
    page = client.get(answer.url).content.decode()
    assert page.count(">log.txt<") == 1
    assert page.count("/preview/") == 1
    assert not Upload.objects.exists()


def test_a_refused_form_keeps_its_files_and_sends_them_the_next_time(requester, client_of, typed):
    client = client_of(requester)

    refused = client.post("/tickets/new/", typed | {"title": "", "files": [file()]})
    assert "log.txt" in refused.content.decode()
    client.post("/tickets/new/", typed)

    assert Attachment.objects.get().event.ticket == Ticket.objects.get()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ([("a.txt", b"")], "“a.txt” is empty"),
        ([("a.txt", b"x" * (1024 * 1024 + 1))], "a file may have at most 1 MB"),
        ([("a.png", b"<html><script>alert(1)</script>")], "but its content is a web page"),
        ([(f"{n}.txt", b"x") for n in range(11)], "“10.txt” was not uploaded: at most 10 files"),
    ],
)
def test_a_file_that_is_not_taken_gets_an_error_beside_the_field_and_the_text_is_kept(
    requester, client_of, typed, settings, sent, says
):
    settings.FILE_SIZE_MB = 1

    answer = client_of(requester).post("/tickets/new/", typed | {"files": [file(*each) for each in sent]})

    page = answer.content.decode()
    assert answer.status_code == 200
    beside = page.partition('id="id_files_errors"')[2].partition("</ul>")[0]
    assert says in beside
    assert "Since Monday." in page
    assert not Ticket.objects.exists()
    assert Upload.objects.count() == len(sent) - 1


def test_a_file_can_be_removed_without_script_and_the_text_is_kept(requester, client_of, typed):
    client = client_of(requester)
    client.post("/tickets/new/", typed | {"title": "", "files": [file()]})

    answer = client.post("/tickets/new/", typed | {"title": "", "remove_file": Upload.objects.get().pk})

    page = answer.content.decode()
    assert not Upload.objects.exists()
    assert "Since Monday." in page
    assert "This field is required." not in page
    assert not Ticket.objects.exists()


def test_a_form_sent_again_after_the_server_died_half_way_attaches_its_file_once(
    requester, client_of, ticket, typed
):
    """The file was taken in; nothing else of the form was."""
    for key in (f"reply-{ticket.pk}", f"new-{typed['token']}"):
        upload(requester, key)
    client = client_of(requester)

    client.post(f"/tickets/{ticket.pk}/reply/", {"text": "", "version": ticket.version, "files": [file()]})
    client.post("/tickets/new/", typed | {"files": [file()]})

    assert sorted(Attachment.objects.values_list("event__kind", flat=True)) == ["replied", "submitted"]
    assert not Upload.objects.exists()


def test_a_reply_may_be_a_file_alone(requester, client_of, ticket):
    answer = client_of(requester).post(
        f"/tickets/{ticket.pk}/reply/", {"text": "", "version": ticket.version, "files": [file()]}
    )

    assert answer.status_code == 302
    assert ticket.events.last().attachments.get().name == "log.txt"


def test_files_of_a_note_never_go_with_a_reply(admin, client_of, ticket):
    client, url = client_of(admin), f"/admin/tickets/ticket/{ticket.pk}/message/"
    typed = {"text": "See file.", "version": ticket.version, "note_files": [file("secret.txt")]}

    client.post(url, typed | {"visibility": "reply", "files": [file("open.txt")]})
    assert [attachment.name for attachment in Attachment.objects.all()] == ["open.txt"]
    ticket.refresh_from_db()
    client.post(url, {"text": "", "version": ticket.version, "visibility": "note"})

    noted = ticket.events.last()
    assert noted.kind == "noted"
    assert noted.attachments.get().name == "secret.txt"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Bericht\u30001.txt", "Bericht\u30001.txt"),
        ("3.04.05\u202fPM.txt", "3.04.05\u202fPM.txt"),
        ("a&copy=1.txt", "a&copy=1.txt"),
        ("50%22.txt", '50".txt'),
        ("100%25 %20.txt", "100%25 %20.txt"),
        ("C:\\Users\\anna\\log.txt", "log.txt"),
        ("a%0D%0Ab.txt", "ab.txt"),
        ("..", "file"),
        ("/", "file"),
        ("\u200b", "file"),
        ("\x7f", "file"),
    ],
)
def test_a_file_is_called_as_browsers_send_it_and_none_is_lost(requester, client_of, ticket, sent, shown):
    form = (
        f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\nreply-{ticket.pk}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{sent}"\r\n\r\nhello\r\n--x--\r\n'
    )

    answer = client_of(requester).post(UPLOADS, form.encode(), "multipart/form-data; boundary=x", **JSON)

    assert answer.status_code == 200
    assert Upload.objects.get().name == shown


def test_a_field_without_a_file_brings_none(requester, client_of, ticket):
    form = f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\nreply-{ticket.pk}\r\n'
    form += '--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--x--\r\n'

    answer = client_of(requester).post(UPLOADS, form.encode(), "multipart/form-data; boundary=x", **JSON)

    assert answer.json() == {"files": [], "errors": []}


# -- before the form, as the script does ---------------------------------------------------------
def test_a_script_sends_a_file_and_is_told_what_became_of_it(requester, client_of, ticket):
    key = f"reply-{ticket.pk}"

    answer = client_of(requester).post(
        UPLOADS, {"form": key, "files": [file("a.png", picture()), file("b.txt", b"")]}, **JSON
    )

    row = Upload.objects.get()
    assert answer.status_code == 400
    assert answer.json()["files"] == [
        {
            "id": row.pk,
            "name": "a.png",
            "size": f"{row.size}\xa0bytes",
            "is_picture": True,
            "remove": f"/tickets/uploads/{row.pk}/remove/",
        }
    ]
    assert answer.json()["errors"] == ["“b.txt” is empty. It was not uploaded."]


def test_a_plain_form_is_led_back_to_its_page_and_nowhere_else(requester, client_of, ticket):
    client, typed = client_of(requester), {"form": f"reply-{ticket.pk}", "files": [file()]}

    back = client.post(UPLOADS, typed, headers={"referer": f"http://testserver/tickets/{ticket.pk}/"})
    elsewhere = [
        client.post(UPLOADS, typed, headers={"referer": f"{page}/tickets/1/"})
        for page in (
            "https://evil.example",
            "http://testserver//evil.example",
            "http://testserver/\\evil.example",
        )
    ]

    assert back.url == f"/tickets/{ticket.pk}/"
    assert [answer.url for answer in elsewhere] == ["/tickets/"] * 3


def test_only_forms_of_one_s_own_take_files(requester, other_requester, admin, client_of, ticket):
    reply, note, new = f"reply-{ticket.pk}", f"note-{ticket.pk}", f"new-{uuid.uuid4()}"

    def may(person, key):
        return client_of(person).post(UPLOADS, {"form": key, "files": [file()]}, **JSON).status_code

    assert [may(requester, key) for key in (reply, note, new)] == [200, 404, 200]
    assert [may(other_requester, key) for key in (reply, note, new)] == [404, 404, 200]
    assert [may(admin, key) for key in (reply, note, new)] == [200, 200, 200]
    for key in ("", "new-1", "reply-0", "reply-99999999999999999999", "reply-x", "reply-1 ", "other"):
        assert may(admin, key) == 404


def test_one_s_own_file_is_removed_and_another_s_is_not_there(requester, admin, client_of, ticket):
    mine = upload(requester, f"reply-{ticket.pk}")
    url = f"/tickets/uploads/{mine.pk}/remove/"

    assert client_of(admin).post(url, **JSON).status_code == 404
    assert Upload.objects.exists()
    assert client_of(requester).post(url, **JSON).status_code == 200
    assert not Upload.objects.exists()
    assert client_of(requester).post(url, **JSON).status_code == 404


def test_another_s_waiting_files_are_neither_shown_nor_sent(requester, admin, client_of, ticket):
    upload(admin, f"reply-{ticket.pk}", "internal.txt")

    client = client_of(requester)
    assert "internal.txt" not in client.get(f"/tickets/{ticket.pk}/").content.decode()
    client.post(f"/tickets/{ticket.pk}/reply/", {"text": "Hello.", "version": ticket.version})

    assert not Attachment.objects.exists()


# -- reading -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.svg", b"<svg xmlns='x' onload='alert(1)'>", "application/octet-stream"),
        ("a.html", b"<html><script>alert(1)</script>", "application/octet-stream"),
        ("a.xls", b"<html><script>alert(1)</script>", "application/octet-stream"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "application/octet-stream"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 64, "application/octet-stream"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        ("Größe \"x\"; y='1'.txt", b"hello", "text/plain"),
    ],
)
def test_a_file_is_only_ever_given_to_be_saved(requester, client_of, ticket, name, content, told):
    answer = client_of(requester).get(address(attach(ticket, requester, name, content)))

    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["Content-Disposition"].count(";") == 1
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == told
    assert answer.headers["Content-Length"] == str(len(content))
    assert body(answer) == content


def test_only_a_picture_made_anew_is_shown_in_a_page(requester, client_of, ticket):
    client = client_of(requester)
    shown = client.get(address(attach(ticket, requester, "a.png", picture()), "preview"))
    drawing = attach(ticket, requester, "a.svg", b"<svg onload='alert(1)'>")

    assert shown.headers["Content-Disposition"] == "inline"
    assert shown.headers["Content-Type"] == "image/webp"
    assert body(shown)[8:12] == b"WEBP"
    assert client.get(address(drawing, "preview")).status_code == 404


def test_another_s_file_is_as_missing_as_none(other_requester, admin, requester, client_of, ticket):
    attachment = attach(ticket, requester)
    other = Ticket.submit(
        title="Other",
        request_type=ticket.request_type,
        description="x",
        requester=other_requester,
        by=other_requester,
    )
    client = client_of(other_requester)

    assert client.get(address(attachment)).status_code == 404
    assert client.get(f"/tickets/{other.pk}/files/{attachment.pk}/").status_code == 404
    assert client.get(f"/tickets/{other.pk}/files/9223372036854775807/").status_code == 404
    assert body(client_of(admin).get(address(attachment)))


def test_a_note_s_file_is_missing_for_the_requester(requester, admin, client_of, ticket):
    attachment = attach(ticket, admin, "passwords.png", picture(), verb="note")

    client = client_of(requester)
    assert client.get(address(attachment)).status_code == 404
    assert client.get(address(attachment, "preview")).status_code == 404
    assert "passwords" not in client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert body(client_of(admin).get(address(attachment)))


def test_a_redacted_file_is_missing_and_its_entry_says_so(requester, client_of, ticket):
    attachment = attach(ticket, requester)
    url = address(attachment)

    blank(Message.objects.none(), Attachment.objects.all())

    client = client_of(requester)
    assert client.get(url).status_code == 404
    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "This file was removed." in page
    assert "log.txt" not in page


def test_a_file_of_a_ticket_in_the_trash_is_for_those_who_see_it(requester, admin, client_of, ticket):
    attachment = attach(ticket, requester)
    ticket.trash(by=admin)

    assert client_of(requester).get(address(attachment)).status_code == 404
    assert body(client_of(admin).get(address(attachment)))
    ticket.purge(by=admin)
    assert client_of(admin).get(address(attachment)).status_code == 404
