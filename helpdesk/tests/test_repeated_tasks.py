"""Every task and every periodic job may run twice, and may die before or after each commit: it comes to the same.

The list of tasks is the product's own: one without a case here fails.
"""

import os
import pkgutil
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from accounts.mail import announce_admin_request
from accounts.models import User
from accounts.tests.factories import AdminFactory, UserFactory
from helpdesk.mail.delivery import deliver
from helpdesk.models import SentForm
from helpdesk.tasks.periodic import JOBS
from helpdesk.tasks.task import known_tasks
from helpdesk.tests.deaths import deaths
from tickets.mail.outbound.delivery import write_again
from tickets.mail.outbound.trial import send_test_mail
from tickets.models import (
    BulkChange,
    Draft,
    Notification,
    Organisation,
    SubmissionDraft,
    Ticket,
    Upload,
    Watch,
)
from tickets.models.bulk_change import run_slice
from tickets.models.preview import Preview, make_preview
from tickets.notifications.fan_out import fan_out
from tickets.notifications.schedule import MANY_MAILS
from tickets.search.query import search
from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timezone.now() - timedelta(days=500)


@dataclass
class Case:
    """run: the task. facts: what it came to, without numbers that differ from one arrangement to the next.
    meanwhile: what people do between two runs, which the second must leave alone.
    """

    run: object
    facts: object
    meanwhile: list = field(default_factory=list)


def mails():
    """Who is written to, once for each message however often it is handed over."""
    written = {
        (message.extra_headers["Message-ID"], message.to[0], message.subject) for message in mail.outbox
    }
    for row in DBTaskResult.objects.filter(task_path="helpdesk.mail.delivery.deliver"):
        subject, _, _, _, to, headers = row.args_kwargs["args"]
        written.add((headers["Message-ID"], to[0], subject))
    return sorted((to.partition("@")[0][:4], subject.rpartition("]")[2]) for _, to, subject in written)


# -- tasks -----------------------------------------------------------------------------------------
def sending():
    headers = {"Message-ID": "<one@example.com>"}
    return Case(lambda: deliver.call("A", "b", "", "h@example.com", ["r@example.com"], headers), mails)


def trying_the_mail():
    person = AdminFactory()
    Organisation.note_test_mail(is_sent=False)

    def facts():
        organisation = Organisation.objects.first()
        return mails(), organisation.test_mail_waits

    return Case(lambda: send_test_mail.call(person.pk, "<one@example.com>"), facts)


def announcing():
    AdminFactory.create_batch(2)
    person = UserFactory()
    request = person.admin_requests.create()
    return Case(lambda: announce_admin_request.call(request.pk), mails, [AdminFactory])


def telling():
    """The ticket is given to somebody who had muted it, and mutes it again once they have heard."""
    admin, muter, late = AdminFactory(), AdminFactory(), AdminFactory()
    ticket = TicketFactory()
    Watch.objects.mute(muter, ticket)
    ticket.assign(muter, by=admin)
    event = ticket.events.last()

    def facts():
        muted = Watch.objects.filter(person=muter, muted=True).exists()
        return sorted(Notification.objects.filter(event=event).values_list("kind", "reason")), muted

    def choose():
        Watch.objects.mute(muter, ticket)
        Watch.objects.watch(late, ticket)

    return Case(lambda: fan_out.call(event.pk), facts, [choose])


def telling_nobody():
    admin, late = AdminFactory(), AdminFactory()
    ticket = TicketFactory(requester=admin)
    ticket.take(by=admin)
    event = ticket.events.last()
    return Case(
        lambda: fan_out.call(event.pk),
        lambda: Notification.objects.filter(event=event).count(),
        [lambda: Watch.objects.watch(late, ticket)],
    )


def writing_again():
    told = due_notification()
    Notification.objects.filter(pk=told.pk).update(mailed_at=timezone.now())
    return Case(lambda: write_again.call(told.person_id, [told.pk]), mails)


def a_slice():
    admin = AdminFactory()
    tickets = [TicketFactory() for _ in range(3)]
    chosen = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets])
    change = BulkChange.objects.plan(chosen, by=admin, action="take")
    change.choose("assign", assignee=admin.pk)
    change.confirm()

    def facts():
        versions = sorted(chosen.values_list("version", "assignee"))
        return [(version, assignee == admin.pk) for version, assignee in versions], change.progress()

    return Case(lambda: run_slice.call(change.pk), facts)


def making_a_preview():
    content = BytesIO()
    Image.new("RGB", (20, 20)).save(content, "PNG")
    file = SimpleUploadedFile("a.png", content.getvalue())
    upload = Upload.objects.receive(file, owner=UserFactory(), form="new-1")
    shown = Preview.objects.filter(source=upload.file.name)

    def facts():
        ((path, refusal),) = shown.values_list("file", "refusal")
        return bool(path) and default_storage.exists(path), refusal

    return Case(lambda: make_preview.call(upload.file.name, "image/png"), facts)


# -- periodic jobs ---------------------------------------------------------------------------------
def due_notification():
    ticket = TicketFactory()
    ticket.reply("Hello.", by=AdminFactory())
    fan_out.call(ticket.events.last().pk)
    told = Notification.objects.get(person=ticket.requester, event=ticket.events.last())
    Notification.objects.exclude(pk=told.pk).delete()
    Notification.objects.filter(pk=told.pk).update(mail_due_at=timezone.now())
    return told


def mail_that_is_due():
    due_notification()
    return Case(job("send_due_mail"), mails)


def mail_of_a_busy_person():
    """So much that it comes in one mail."""
    requester, heard = UserFactory(), AdminFactory()
    tickets = [TicketFactory(requester=requester) for _ in range(MANY_MAILS + 1)]
    for ticket in tickets:
        fan_out.call(ticket.events.get().pk)
    Notification.objects.exclude(person=heard).delete()
    Notification.objects.update(mail_due_at=timezone.now())

    def facts():
        heard_of = Notification.objects.filter(person=heard)
        return mails(), heard_of.filter(mailed_at=None).count(), heard_of.count()

    return Case(job("send_due_mail"), facts)


def pruning_notifications():
    told = due_notification()
    Notification.objects.filter(pk=told.pk).update(created_at=LONG_AGO, mail_due_at=None)
    return Case(job("prune_notifications"), Notification.objects.count)


def pruning_drafts():
    admin, ticket = AdminFactory(), TicketFactory()
    Draft.objects.keep("Half an answer", ticket=ticket, visibility="reply", by=admin)
    words = {"title": "Half a", "description": "ticket", "request_type": None}
    SubmissionDraft.objects.keep(**words, token=None, by=admin)
    for drafts in (Draft.objects, SubmissionDraft.objects):
        drafts.update(updated_at=LONG_AGO)

    def type_on():
        SubmissionDraft.objects.keep(**words, token=None, by=AdminFactory())

    def facts():
        return Draft.objects.count(), SubmissionDraft.objects.filter(updated_at=LONG_AGO).count()

    return Case(job("prune_drafts"), facts, [type_on])


def emptying_the_trash():
    ticket = TicketFactory()
    ticket.trash(by=AdminFactory())

    def facts():
        ticket.refresh_from_db()
        return ticket.title, list(ticket.events.values_list("kind", flat=True))

    return Case(job("empty_trash"), facts)


def sweeping_files():
    owner = UserFactory()
    upload = Upload.objects.receive(SimpleUploadedFile("a.txt", b"a"), owner=owner, form="new-1")
    Upload.objects.filter(pk=upload.pk).update(created_at=LONG_AGO)
    path = Path(configured.MEDIA_ROOT) / upload.file.name
    # What was cut off before the file went leaves one that no row names: the next sweep's, an hour later.
    os.utime(path, (0, 0))
    return Case(job("sweep_files"), lambda: (Upload.objects.count(), path.exists()))


def pruning_tasks():
    DBTaskResult.objects.create(
        task_path="helpdesk.mail.delivery.deliver",
        args_kwargs={"args": [], "kwargs": {}},
        status="SUCCESSFUL",
        backend_name="default",
        run_after=LONG_AGO,
        finished_at=LONG_AGO,
        exception_class_path="",
        traceback="",
    )
    return Case(job("prune_tasks"), DBTaskResult.objects.filter(finished_at=LONG_AGO).count)


def folding_names():
    person = UserFactory(first_name="Łukasz")
    User.objects.filter(pk=person.pk).update(folded="")
    return Case(job("fold_names"), lambda: "lukasz" in User.objects.get(pk=person.pk).folded)


def forgetting_forms():
    SentForm.objects.create(name="a", answer="/", sent_at=LONG_AGO)
    return Case(job("forget_sent_forms"), SentForm.objects.count)


def indexing():
    ticket = TicketFactory(title="Kaleidoscope")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE tickets_ticket SET words = NULL")
        else:
            cursor.execute("DELETE FROM tickets_ticket_words")
    found = search(Ticket.objects.filter(pk=ticket.pk), "kaleidoscope")
    assert not found.exists()
    return Case(job("index_tickets"), found.exists)


def clearing_sessions():
    Session.objects.create(session_key=str(timezone.now().timestamp()), session_data="", expire_date=LONG_AGO)
    return Case(job("clear_sessions"), Session.objects.count)


def job(name):
    return JOBS[name][1]


CASES = {
    "helpdesk.mail.delivery.deliver": [sending],
    "accounts.mail.announce_admin_request": [announcing],
    "tickets.mail.outbound.trial.send_test_mail": [trying_the_mail],
    "tickets.notifications.fan_out.fan_out": [telling, telling_nobody],
    "tickets.mail.outbound.delivery.write_again": [writing_again],
    "tickets.models.bulk_change.run_slice": [a_slice],
    "tickets.models.preview.make_preview": [making_a_preview],
    "send_due_mail": [mail_that_is_due, mail_of_a_busy_person],
    "prune_drafts": [pruning_drafts],
    "prune_notifications": [pruning_notifications],
    "empty_trash": [emptying_the_trash],
    "sweep_files": [sweeping_files],
    "prune_tasks": [pruning_tasks],
    "clear_sessions": [clearing_sessions],
    "forget_sent_forms": [forgetting_forms],
    "index_tickets": [indexing],
    "fold_names": [folding_names],
}
EACH = [pytest.param(case, id=case.__name__) for cases in CASES.values() for case in cases]


@pytest.fixture(autouse=True)
def kept_tasks(settings):
    """Mail and other later work stays in its table; and whatever is in the trash is to go."""
    settings.TRASH_DAYS = 0
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def test_every_task_and_every_job_has_a_case():
    for name in ("accounts", "helpdesk", "tickets"):
        for module in pkgutil.walk_packages(import_module(name).__path__, f"{name}."):
            if ".tests" not in module.name and ".wsgi" not in module.name and ".asgi" not in module.name:
                import_module(module.name)
    tasks = {task for task in known_tasks() if ".tests." not in task}

    assert tasks | set(JOBS) == set(CASES)


@pytest.mark.parametrize("arrange", EACH)
def test_run_twice_it_changes_nothing_the_second_time(arrange):
    case = arrange()
    case.run()
    for step in case.meanwhile:
        step()
    before, told = everything(), case.facts()

    case.run()

    assert case.facts() == told
    assert everything() == before


@pytest.mark.parametrize("arrange", EACH)
def test_killed_at_any_commit_and_run_again_it_comes_to_the_same(arrange):
    case = arrange()
    with deaths() as clean:
        case.run()
    right = case.facts()

    for at in range(1, clean.commits + 1):
        for before in (True, False):
            empty()
            case = arrange()
            with deaths(at, before=before) as cut:
                case.run()
            assert cut.commits == at
            case.run()
            assert case.facts() == right, (at, before)


def everything():
    """Every row of every table, as text."""
    rows = {}
    for model in apps.get_models():
        if not model._meta.proxy:
            rows[model._meta.db_table] = sorted(
                repr(sorted(row.items())) for row in model._base_manager.values()
            )
    return rows


def empty():
    """Forget what the arrangement before made that the next would count."""
    mail.outbox.clear()
    DBTaskResult.objects.all().delete()
    Notification.objects.all().delete()
    User.objects.filter(is_staff=True).update(is_active=False)
