"""What somebody wrote, and who they were, leaves every table, file and task when it is to go; the totals stay.

Every table that could hold words says how they leave, or stands below with what it holds instead.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.offboarding import tables_with_words
from accounts.tests.factories import AdminFactory, UserFactory
from helpdesk.mail.delivery import deliver
from helpdesk.web.form_recovery import author_token
from tickets.mail.outbound.delivery import send_due_mail
from tickets.models import (
    BulkChange,
    CannedReply,
    Draft,
    Feedback,
    Notification,
    RequestType,
    SavedView,
    SubmissionDraft,
    Ticket,
    TicketEvent,
    Upload,
)
from tickets.tests.factories import RequestTypeFactory

# Label in small letters -> what its texts are.
NO_WORDS = {
    "accounts.adminrequest": "a code",
    "accounts.registration": "nothing",
    "account.emailconfirmation": "a key; its address is the row it points at",
    "auth.group": "roles",
    "auth.permission": "names of rights",
    "contenttypes.contenttype": "names of models",
    "helpdesk.auditevent": "ids, codes and counts",
    "helpdesk.chainhead": "hashes",
    "helpdesk.periodictask": "names of jobs",
    "helpdesk.sentform": "a hash, and the address of a page",
    "helpdesk.workerheartbeat": "names of workers",
    "tickets.aftersolvingpreference": "codes",
    "tickets.announcement": "what the desk tells everybody",
    "tickets.columnpreference": "codes",
    "tickets.notification": "codes",
    "tickets.notificationpreference": "codes and a time zone",
    "tickets.organisation": "what the organisation says of itself",
    "tickets.requesttype": "what admins call a kind of ticket",
    "tickets.thankyouphrase": "what anybody says",
    "tickets.ticketevent": "ids, codes and hashes",
}
WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField)
SECRET = "Zanzibar"


def holds_texts(model):
    return any(isinstance(field, WORDS) and not field.choices for field in model._meta.concrete_fields)


def test_every_table_that_could_hold_words_says_how_they_leave():
    # django_tasks_db's row is FailedTask's, too.
    tables = {
        model._meta.label_lower for model in apps.get_models() if not model._meta.proxy and holds_texts(model)
    }

    assert tables - set(NO_WORDS) == set(tables_with_words())


@pytest.fixture
def kept_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def zora(db, kept_tasks, work_off, settings):
    """Somebody who has written everywhere, always with the same word, and whose name and address hold others."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    zora = AdminFactory(email="zora@quux.example", first_name="Zora", last_name="Quuxova")
    other = AdminFactory()
    kind = RequestType.objects.first() or RequestTypeFactory()
    ticket = Ticket.submit(
        title=f"{SECRET} title", request_type=kind, description=f"{SECRET} text", requester=zora, by=zora
    )
    file = Upload.objects.receive(
        SimpleUploadedFile(f"{SECRET}.txt", SECRET.encode()), owner=zora, form="reply-1"
    )
    ticket.reply(f"{SECRET} in a reply.", by=zora, files=[file])
    ticket.note(f"The {SECRET} stands in a note of mine.", by=zora)
    ticket.take(by=other)
    ticket.reply("Answered.", by=other)
    ticket.resolve(by=other)
    ticket.rate(2, by=zora, comment=f"{SECRET} rated")
    Draft.objects.keep(f"{SECRET} drafted", ticket=ticket, visibility="note", by=zora)
    words = {"title": f"{SECRET} begun", "description": f"{SECRET} begun", "request_type": kind}
    SubmissionDraft.objects.keep(**words, token=None, by=zora)
    CannedReply.objects.create(title=SECRET, body=SECRET, owner=zora)
    SavedView.objects.create(name=SECRET, query=f"q={SECRET}", owner=zora)
    Upload.objects.receive(SimpleUploadedFile(f"{SECRET}.log", SECRET.encode()), owner=zora, form="note-1")
    # Refused, as it repeats the note; and one that waits, from a list searched for.
    for by in (zora, other):
        bulk(ticket, by, f"The {SECRET} stands in a note of mine.").work()
    bulk(ticket, zora, f"{SECRET} to all.", f"q={SECRET}")
    Client().post("/tickets/new/", {"title": SECRET, "description": SECRET, "author": author_token(zora)})
    # Mail that waits, mail that failed, and mail that has just gone.
    work_off()
    Notification.objects.update(mail_due_at="2026-01-01T00:00Z", read_at=None, mailed_at=None)
    send_due_mail()
    DBTaskResult.objects.filter(task_path=deliver.module_path).update(
        status="FAILED", exception_class_path="x.Final"
    )
    failed = DBTaskResult.objects.get(
        pk=deliver.enqueue("Hello", "Words", "", "h@x.example", [zora.email], {}).id
    )
    DBTaskResult.objects.filter(pk=failed.pk).update(traceback=f"Final: refuses mail for {zora.email}: 550")
    assert SECRET in whole_dump()
    assert files_with(SECRET)
    return zora


def bulk(ticket, by, text, list_query=""):
    """Decide on many tickets with a text."""
    change = BulkChange.objects.plan(
        Ticket.objects.filter(pk=ticket.pk), by=by, action="status", list_query=list_query
    )
    change.choose("reopen", text=text)
    change.confirm()
    return change


def totals():
    rated = Feedback.objects.count(), sum(Feedback.objects.values_list("score", flat=True))
    return Ticket.objects.count(), TicketEvent.objects.exclude(kind="redacted").count(), rated


def whole_dump():
    """Every table of the database as text, those without a model, too."""
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            # What an index of SQLite keeps for itself is read through the index.
            if not table.startswith("tickets_ticket_words_")
        ]
        said = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [repr(row) for row in cursor.fetchall()]
    from django.contrib.sessions.models import Session

    return "\n".join([*said, *(repr(session.get_decoded()) for session in Session.objects.all())])


def files_with(text):
    paths = [path for path in Path(configured.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [path for path in paths if text.encode() in path.read_bytes()]


def assert_gone(*texts):
    dump = whole_dump()
    for text in texts:
        assert text.casefold() not in dump.casefold(), next(
            line for line in dump.splitlines() if text.casefold() in line.casefold()
        )


@pytest.mark.usefixtures("transactional_db")
def test_what_somebody_wrote_is_nowhere_after_redact_person(zora):
    before = totals()

    call_command("redact_person", zora.email)

    assert_gone(SECRET)
    assert files_with(SECRET) == []
    assert totals() == before


@pytest.mark.usefixtures("transactional_db")
def test_what_events_of_a_ticket_said_is_nowhere_after_redact_ticket(zora):
    before, ticket = totals(), Ticket.objects.get()
    # What one writes beside the history is no event of the ticket.
    from accounts.offboarding import forget_words

    forget_words(zora)

    call_command("redact_ticket", ticket.pk, *range(1, ticket.version + 1))

    assert_gone(SECRET)
    assert files_with(SECRET) == []
    assert totals() == before


@pytest.mark.usefixtures("transactional_db")
def test_who_somebody_was_is_nowhere_once_the_account_is_deleted(zora):
    before, number = totals(), User.objects.count()

    zora.delete_account(by=None, successor=None)

    assert_gone("zora@quux.example", "Quuxova")
    assert (totals(), User.objects.count()) == (before, number)


def test_mail_about_others_stays(db, kept_tasks):
    gone, stays = UserFactory(email="a@example.com"), "sara@example.com"
    for address in (gone.email, stays):
        deliver.enqueue("Hello", "Words", "", "h@x.example", [address], {})

    gone.delete_account(by=None)

    assert [row.args_kwargs["args"][4] for row in DBTaskResult.objects.all()] == [[stays]]
