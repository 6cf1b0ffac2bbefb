"""Nobody sends more than a person can: the next is refused with the reason, and what was typed stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.rate_limits import Limit
from tickets.models import Ticket, Upload
from tickets.tests.factories import RequestTypeFactory
from tickets.views import conversation, editing, files, submission

# Where each is counted, and as what.
COUNTED = ((submission, "TICKETS"), (conversation, "REPLIES"), (editing, "EDITS"), (files, "UPLOADS"))


@pytest.fixture
def few(monkeypatch):
    """Two of each an hour, that the test need not send a hundred."""
    for module, name in COUNTED:
        limit = getattr(module, name)
        assert int(limit.rate.split("/")[0]) >= 60
        monkeypatch.setattr(module, name, Limit(limit.action, "2/h/key"))


def test_the_ticket_too_many_is_told_and_what_was_typed_stays(client_of, requester, other_requester, few):
    kind = RequestTypeFactory()

    def send(person, number):
        typed = {"title": f"Title {number}", "request_type": kind.pk, "description": "It broke."}
        return client_of(person).post("/tickets/new/", typed)

    answers = [send(requester, number) for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 3500 < int(answers[2]["Retry-After"]) <= 3601
    page = answers[2].content.decode()
    assert "too many tickets in the last hour" in page
    assert "Title 2" in page
    assert Ticket.objects.count() == 2
    assert send(other_requester, 3).status_code == 302


def test_the_reply_too_many_is_told_and_a_preview_counts_for_none(client_of, requester, ticket, few):
    client = client_of(requester)

    def reply(number, **more):
        return client.post(f"/tickets/{ticket.pk}/reply/", {"text": f"Word {number}", **more}).status_code

    assert [reply(n, preview="1") for n in range(3)] == [200] * 3
    assert [reply(n) for n in range(3)] == [302, 302, 429]


def test_the_change_too_many_is_told_and_what_was_typed_stays(client_of, requester, ticket, few):
    client = client_of(requester)

    def edit(number):
        typed = {
            "title": f"Title {number}",
            "description": "It broke.",
            "request_type": ticket.request_type_id,
        }
        page = client.get(f"/tickets/{ticket.pk}/edit/")
        return client.post(
            page.request["PATH_INFO"], {**typed, "version": page.context["form"]["version"].value()}
        )

    answers = [edit(number) for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    page = answers[2].content.decode()
    assert "changed your tickets too often in the last hour" in page
    assert "Title 2" in page
    ticket.refresh_from_db()
    assert ticket.title == "Title 1"


def test_the_file_too_many_is_told(client_of, requester, ticket, few):
    client = client_of(requester)

    def upload(number):
        sent = {"form": f"reply-{ticket.pk}", "files": [SimpleUploadedFile(f"{number}.txt", b"hello")]}
        return client.post("/tickets/uploads/", sent, headers={"accept": "application/json"})

    answers = [upload(number) for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert "too many files" in answers[2].json()["errors"][0]
    assert Upload.objects.count() == 2


def test_files_that_come_with_a_ticket_or_a_reply_count_like_those_before_them(
    client_of, requester, ticket, few
):
    kind, client = RequestTypeFactory(), client_of(requester)
    files = [SimpleUploadedFile(f"{number}.txt", b"hello") for number in range(3)]
    typed = {"title": "It broke", "request_type": kind.pk, "description": "Since noon."}

    answer = client.post("/tickets/new/", {**typed, "files": files})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "“2.txt” was not uploaded: you have sent too many files in the last hour." in page
    assert "Since noon." in page
    assert [upload.name for upload in Upload.objects.all()] == ["0.txt", "1.txt"]
    reply = client.post(f"/tickets/{ticket.pk}/reply/", {"text": "Look.", "files": files[:1]})
    assert "too many files" in reply.content.decode()
    assert Ticket.objects.count() == 1


def test_files_of_the_console_are_not_counted(client_of, admin, ticket, few):
    client = client_of(admin)
    files = [SimpleUploadedFile(f"{number}.txt", b"hello") for number in range(3)]
    message = {"version": ticket.version, "visibility": "note", "text": "Look.", "then": ""}

    answer = client.post(f"/admin/tickets/ticket/{ticket.pk}/message/", {**message, "note_files": files})

    assert answer.status_code == 302
    assert ticket.events.last().attachments.count() == 3
    for number in range(3):
        sent = {"form": f"note-{ticket.pk}", "files": [SimpleUploadedFile(f"{number}.txt", b"hello")]}
        answer = client.post("/tickets/uploads/", sent, headers={"accept": "application/json"})
        assert answer.status_code == 200
