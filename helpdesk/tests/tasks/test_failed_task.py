"""Later work that came to nothing: what is told of it, trying it again, discarding it."""

import pytest
from django.core import mail
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.models import AuditEvent, AuditEventKind, FailedTask
from tickets.tests.factories import FailedTaskFactory

FINAL = "helpdesk.tasks.task.Final"


@pytest.mark.parametrize(
    ("path", "traceback", "told"),
    [
        (FINAL, "smtplib.X: first\n\nhelpdesk.tasks.task.Final: Nobody there.\n", "Nobody there."),
        (
            "builtins.OSError",
            "Traceback\nOSError: [Errno 111] refused\nmore lines\n",
            "OSError: [Errno 111] refused",
        ),
        (
            "smtplib.SMTPServerDisconnected",
            "smtplib.SMTPServerDisconnected: gone\n",
            "SMTPServerDisconnected: gone",
        ),
        ("builtins.ValueError", "Traceback\nValueError\n", "ValueError"),
        (FINAL, f"helpdesk.tasks.task.Final: {'a' * 500}\n", "a" * 200 + "…"),
        (
            FINAL,
            "helpdesk.tasks.task.Final: 554 spam: https://help.example.com/auth/password/reset/key/1-abc/ listed\n",
            "554 spam: [link] listed",
        ),
        (FINAL, "helpdesk.tasks.task.Final: 554 see /auth/password/reset/key/1-abc/\n", "554 see [link]"),
    ],
)
def test_the_last_error_is_one_short_line_without_links(path, traceback, told):
    assert FailedTask(exception_class_path=path, traceback=traceback).error == told


def test_only_what_failed_for_good_is_dead(db):
    dead = FailedTaskFactory()
    for status in (TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.SUCCESSFUL):
        FailedTaskFactory(status=status)

    assert list(FailedTask.objects.all()) == [dead]
    assert (str(dead), dead.attempts) == ("Send a mail", 2)


def test_what_was_to_be_said_is_not_even_read(db):
    FailedTaskFactory()

    assert "args_kwargs" in FailedTask.objects.get().get_deferred_fields()


def test_retrying_starts_over_and_is_written_down_once(admin, work_off):
    task = FailedTaskFactory()
    same = FailedTask.objects.get()

    assert task.retry(by=admin)
    assert not same.retry(by=admin)
    work_off()

    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 1)
    assert [message.to for message in mail.outbox] == [["r@example.com"]]
    event = AuditEvent.objects.get(kind=AuditEventKind.TASK_RETRIED)
    assert (event.actor, event.person) == (admin, None)
    assert event.data == {"task": str(task.pk), "path": "helpdesk.mail.delivery.deliver"}


def test_discarding_removes_every_word_and_is_written_down_once(admin):
    task = FailedTaskFactory()
    same = FailedTask.objects.get()

    assert task.discard(by=admin)
    assert not same.discard(by=admin)
    assert not task.retry(by=admin)

    assert not DBTaskResult.objects.exists()
    assert AuditEvent.objects.get(kind=AuditEventKind.TASK_DISCARDED).actor == admin
