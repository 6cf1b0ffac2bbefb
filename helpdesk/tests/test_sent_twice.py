"""Every form that writes, sent by two threads at once and again later, is done once and gets the first answer."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AdminRequest, Invitation
from accounts.tests.factories import AdminFactory, UserFactory
from helpdesk.models import FailedTask
from helpdesk.tests.plugin import with_password_typed
from helpdesk.tests.test_repeated_tasks import everything
from tickets.models import (
    Attachment,
    BulkChange,
    CannedReply,
    HoldReason,
    RequestType,
    SavedView,
    Ticket,
    Upload,
)
from tickets.tests.factories import FailedTaskFactory, TicketFactory

pytestmark = pytest.mark.django_db(transaction=True)
# What may differ after a form was answered again: what the browser is told, and when somebody was there.
BESIDE = ("django_session", "helpdesk_cache", "tickets_presence")


class Desk:
    """A ticket with what can be done to it."""

    def __init__(self):
        self.requester, self.admin = UserFactory(), AdminFactory()
        self.kind = RequestType.objects.first() or RequestType.objects.create(name="Hardware")
        self.ticket = TicketFactory(requester=self.requester, request_type=self.kind)
        self.other = RequestType.objects.get_or_create(name="Other things")[0]

    def version(self):
        self.ticket.refresh_from_db()
        return {"version": self.ticket.version}

    def taken(self):
        self.ticket.take(by=self.admin)
        return self

    def resolved(self):
        self.ticket.take(by=self.admin)
        self.ticket.resolve(by=self.admin)
        return self


def portal(name, fields, before=lambda desk: desk):
    def case(desk):
        desk = before(desk)
        return (
            desk.requester,
            reverse(name, args=[desk.ticket.pk] if "create" not in name else []),
            fields(desk),
        )

    return case


def console(name, fields=lambda desk: {}, before=lambda desk: desk):
    def case(desk):
        desk = before(desk)
        address = reverse(f"admin:tickets_ticket_{name}", args=[desk.ticket.pk] if name != "add" else [])
        return desk.admin, address, {**desk.version(), **fields(desk)}

    return case


def words(desk, **more):
    return {"title": "Other", "description": "Words", "request_type": desk.kind.pk, **more}


def in_trash(desk):
    desk.ticket.trash(by=desk.admin)
    return desk


def planning(desk):
    return desk.admin, "/admin/tickets/ticket/bulk/", {"action": "take", "number": [desk.ticket.pk]}


def confirming(desk):
    change = BulkChange.objects.plan(Ticket.objects.all(), by=desk.admin, action="take")
    change.choose("assign", assignee=desk.admin.pk)
    return desk.admin, f"/admin/tickets/ticket/bulk/{change.pk}/confirm/", {"code": change.code}


def added(model, **fields):
    def case(desk):
        return desk.admin, reverse(f"admin:tickets_{model}_add"), fields

    return case


def deleting_a_canned_reply(desk):
    reply = CannedReply.objects.create(title="Restart", body="Please.")
    return desk.admin, reverse("admin:tickets_cannedreply_delete", args=[reply.pk]), {"post": "yes"}


def deleting_a_view(desk):
    view = SavedView.objects.create(name="Mine", query="", owner=desk.admin)
    return desk.admin, reverse("admin:tickets_savedview_delete", args=[view.pk]), {}


def updating_a_view(desk):
    view = SavedView.objects.create(name="Mine", query="", owner=desk.admin)
    return desk.admin, reverse("admin:tickets_savedview_update", args=[view.pk]) + "?status=open", {}


def moving_a_view(desk):
    first = SavedView.objects.create(name="A", query="", owner=desk.admin)
    for name in "BC":
        SavedView.objects.create(name=name, query="", owner=desk.admin)
    return desk.admin, reverse("admin:tickets_savedview_move", args=[first.pk]), {"steps": "1"}


def inviting(desk):
    fields = {"email": "new@example.com", "role": "User"}
    return desk.admin, reverse("admin:accounts_invitation_invite"), fields


def inviting_again(desk):
    invitation = Invitation.objects.invite("a@example.com", "User", by=desk.admin, address_of=str)
    return desk.admin, reverse("admin:accounts_invitation_send", args=[invitation.pk]), {}


def granting(desk):
    wish = AdminRequest.objects.create(user=desk.requester)
    return desk.admin, reverse("admin:accounts_adminrequest_grant", args=[wish.pk]), {}


def of_person(name, **fields):
    def case(desk):
        return desk.admin, reverse(f"admin:accounts_user_{name}", args=[UserFactory().pk]), fields

    return case


def discarding(desk):
    return desk.admin, reverse("admin:helpdesk_failedtask_discard", args=[FailedTaskFactory().pk]), {}


def retrying(desk):
    return desk.admin, reverse("admin:helpdesk_failedtask_retry", args=[FailedTaskFactory().pk]), {}


CASES = {
    "create": portal("ticket_create", words),
    "edit": portal("ticket_edit", lambda desk: words(desk, version=1)),
    "reply": portal("ticket_reply", lambda desk: {"text": "Hello.", "version": 1}),
    "feedback": portal("ticket_feedback", lambda desk: {"score": 5, "comment": "Good."}, Desk.resolved),
    "withdraw": portal("ticket_withdraw", lambda desk: {"text": "Found it."}),
    "reopen": portal("ticket_reopen", lambda desk: {"text": "Again."}, Desk.resolved),
    "console add": console(
        "add", lambda desk: words(desk, requester=desk.requester.email, assignee=desk.admin.pk)
    ),
    "console reply": console("message", lambda desk: {"visibility": "reply", "text": "Hello."}),
    "console reply, then": console(
        "message", lambda desk: {"visibility": "reply", "text": "Hello.", "then": "resolved"}, Desk.taken
    ),
    "console reply, taking it": console(
        "message", lambda desk: {"visibility": "reply", "text": "Hello.", "take": "on"}
    ),
    "note": console("message", lambda desk: {"visibility": "note", "text": "Hello."}),
    "take": console("take"),
    "assign": console("assign", lambda desk: {"assignee": desk.admin.pk}),
    "start": console("start", before=Desk.taken),
    "hold": console("hold", lambda desk: {"reason": HoldReason.REQUESTER, "text": "Which one?"}, Desk.taken),
    "resolve": console("resolve", lambda desk: {"text": "Done."}, Desk.taken),
    "resolve, taking it": console("resolve", lambda desk: {"text": "Done.", "take": "True"}),
    "resolve, and on": console("resolve", lambda desk: {"text": "Done.", "after": "next"}, Desk.taken),
    "close": console("close", before=Desk.resolved),
    "console reopen": console("reopen", lambda desk: {"text": "Again."}, Desk.resolved),
    "console edit": console("edit", words),
    "properties": console(
        "properties",
        lambda desk: {"assignee": desk.admin.pk, "request_type": desk.other.pk},
    ),
    "trash": console("delete", lambda desk: {"understood": "on"}),
    "restore": console("restore", before=in_trash),
    "bulk plan": planning,
    "bulk confirm": confirming,
    "canned reply": added("cannedreply", title="Restart", body="Please restart it."),
    "request type": added("requesttype", name="Coffee", hint="", position=9, is_active="on", icon="tag"),
    "phrase": added("thankyouphrase", phrase="cheers mate", is_active="on"),
    "saved view": added("savedview", name="Mine"),
    "canned reply deleted": deleting_a_canned_reply,
    "saved view deleted": deleting_a_view,
    "saved view updated": updating_a_view,
    "saved view moved": moving_a_view,
    "invite": inviting,
    "invite again": inviting_again,
    "grant": granting,
    "another address": lambda desk: (desk.requester, reverse("account_email"), {"email": "new@example.com"}),
    "deactivate": of_person("deactivate"),
    "delete an account": of_person("delete", understood="on"),
    "discard a task": discarding,
    "retry a task": retrying,
}


@pytest.fixture(autouse=True)
def kept_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_form_sent_twice_at_once_and_again_later_is_done_once(case):
    from accounts.roles import sync_roles

    sync_roles()
    person, address, fields = case(Desk())
    fields = {**fields, "token": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    before = everything()

    answers = at_once(lambda: post(person, address, fields), 2)
    after = everything()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        answers.append(post(person, address, fields))

    assert answers == [answers[0]] * 3
    assert answers[0][0] == 302
    assert left(after) != left(before)
    assert left(everything()) == left(after)
    events = len(after["helpdesk_auditevent"]) + len(after["tickets_ticketevent"])
    assert events - len(before["helpdesk_auditevent"]) - len(before["tickets_ticketevent"]) <= 2


def post(person, address, fields):
    client = Client()
    client.force_login(person)
    answer = with_password_typed(client, person).post(address, fields)
    return (
        answer.status_code,
        answer.headers.get("Location"),
        "" if answer.status_code == 302 else answer.content,
    )


def at_once(work, number):
    gate, answers = threading.Barrier(number), []

    def run():
        gate.wait(20)
        try:
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def left(rows):
    kept = {table: found for table, found in rows.items() if table not in BESIDE}
    # Signing in is no part of the form.
    kept["accounts_user"] = [
        re.sub(r"\('last_login', [^)]*\)[^)]*\)", "", row) for row in kept["accounts_user"]
    ]
    return kept


def test_changed_words_are_another_form(client_of, ticket, requester):
    client, address = client_of(requester), reverse("ticket_reply", args=[ticket.pk])

    for text in ("Hello.", "Hello again."):
        client.post(address, {"text": text, "token": "one"})

    assert ticket.events.filter(kind="replied").count() == 2


def test_a_refused_form_may_be_sent_again(client_of, ticket, requester, admin):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    client, address = client_of(requester), reverse("ticket_withdraw", args=[ticket.pk])
    assert client.post(address, {"token": "one"}).status_code == 409
    ticket.reopen(by=requester)

    assert client.post(address, {"token": "one"}).status_code == 302

    ticket.refresh_from_db()
    assert ticket.is_closed


def test_a_file_that_comes_with_a_form_sent_twice_waits_for_no_other(client_of, ticket, requester):
    client, address = client_of(requester), reverse("ticket_reply", args=[ticket.pk])

    for _ in range(2):
        file = SimpleUploadedFile("log.txt", b"words")
        assert client.post(address, {"text": "See there.", "files": file, "token": "one"}).status_code == 302

    assert (Attachment.objects.count(), Upload.objects.count()) == (1, 0)


def test_nor_does_a_file_of_one_of_two_at_once(ticket, requester):
    address = reverse("ticket_reply", args=[ticket.pk])

    for number in range(5):
        at_once(lambda n=number: post(requester, address, with_file(n)), 2)

    assert (Attachment.objects.count(), Upload.objects.count()) == (5, 0)


def with_file(number):
    file = SimpleUploadedFile("log.txt", b"words %d" % number)
    return {"text": "See there.", "files": file, "token": str(number)}


def test_every_form_of_a_page_carries_a_token_of_its_own(client_of, ticket, requester, admin):
    for person, address in (
        (requester, "/tickets/new/"),
        (requester, ticket.get_absolute_url()),
        (admin, f"/admin/tickets/ticket/{ticket.pk}/change/"),
        (admin, "/admin/tickets/cannedreply/add/"),
        (admin, "/admin/accounts/invitation/"),
    ):
        page = client_of(person).get(address).content.decode()
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL | re.IGNORECASE)
        tokens = [re.findall(r'name="token" value="([0-9a-f-]{36})"', form) for form in forms]
        assert forms
        assert all(len(found) == 1 for found in tokens), address
        assert len({found[0] for found in tokens}) == len(tokens)


def test_a_retried_task_is_tried_once(client_of, admin):
    row = FailedTaskFactory()
    address = reverse("admin:helpdesk_failedtask_retry", args=[row.pk])

    for _ in range(2):
        client_of(admin).post(address, {"token": "one"})

    assert not FailedTask.objects.exists()
