"""Pages are compressed for browsers that want it, and nothing else is."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tickets.models import Upload


@pytest.fixture
def attachment(ticket, requester):
    page = SimpleUploadedFile("page.html", b"<p>hello</p>" * 1000, content_type="text/html")
    upload = Upload.objects.receive(page, owner=requester, form="new-1")
    ticket.reply("", by=requester, files=[upload])
    return ticket.events.last().attachments.get()


@pytest.fixture
def path_of(attachment):
    return {
        "file": lambda: reverse("file", args=[attachment.event.ticket_id, attachment.pk]),
        "export": lambda: reverse("admin:tickets_feedback_csv"),
        "stream": lambda: reverse("live"),
        "redirect": lambda: "/",
    }


def test_a_page_is_sent_compressed_and_as_long_as_it_says(client, admin, ticket):
    client.force_login(admin)
    plain = client.get("/help/admins/tickets/")
    response = client.get("/help/admins/tickets/", headers={"Accept-Encoding": "gzip, deflate, br"})

    assert response["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
    assert int(response["Content-Length"]) == len(response.content) < len(plain.content) / 2
    assert gzip.decompress(response.content).strip().startswith(b"<!DOCTYPE html>")
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]


def test_the_length_of_a_page_does_not_tell_what_it_says(client, admin):
    client.force_login(admin)

    answers = [
        client.get("/help/admins/tickets/", headers={"Accept-Encoding": "gzip"}).content for _ in range(12)
    ]

    # The name of a file, which gzip has room for and nobody reads (RFC 1952, 2.3.1).
    names = [answer[10 : answer.index(b"\0", 10)] if answer[3] & 8 else b"" for answer in answers]
    assert len({len(name) for name in names}) > 4


def test_pages_of_errors_are_compressed_too(client, db):
    response = client.get("/nothing/", headers={"Accept-Encoding": "gzip"})

    assert response.status_code == 404
    assert response["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("what", ["file", "export", "stream", "redirect"])
def test_files_exports_and_streams_are_sent_as_they_are(client, admin, path_of, what):
    client.force_login(admin)

    ask = client.post if what == "export" else client.get
    response = ask(path_of[what](), headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response
    assert response.status_code in (200, 302, 501)
    if what == "file":
        assert b"".join(response.streaming_content).startswith(b"<p>hello</p>")
