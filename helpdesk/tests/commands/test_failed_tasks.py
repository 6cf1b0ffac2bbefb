"""Operators see failed tasks and have them tried again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from helpdesk.models import AuditEvent, FailedTask
from tickets.tests.factories import FailedTaskFactory


def said(*arguments, **options):
    output = StringIO()
    call_command(*arguments, stdout=output, **options)
    return output.getvalue()


def test_the_list_tells_id_task_and_error_and_not_what_a_mail_says(db):
    dead = FailedTaskFactory()

    listed = said("list_failed_tasks")

    assert str(dead.pk) in listed
    assert "Send a mail, 2 attempts: The mail server refuses mail for r@example.com: 550 nobody" in listed
    assert "1 failed task." in listed
    assert "Secret" not in listed


def test_one_or_all_are_tried_again_and_it_is_written_down(db):
    dead, _, _ = FailedTaskFactory(), FailedTaskFactory(), FailedTaskFactory()

    assert "1 tried again" in said("retry_task", str(dead.pk))
    assert FailedTask.objects.count() == 2
    assert "2 tried again" in said("retry_task", all=True)
    assert not FailedTask.objects.exists()
    assert AuditEvent.objects.filter(kind="task_retried", actor=None).count() == 3


@pytest.mark.parametrize(
    ("ids", "all", "says"),
    [
        ([], False, "Name the ids"),
        (["5f0c6a1e-0000-4000-8000-000000000000"], True, "Name the ids"),
        (["5f0c6a1e-0000-4000-8000-000000000000"], False, "No failed task: 5f0c"),
        (["nonsense"], False, "That is not an id"),
    ],
)
def test_nonsense_is_refused(ids, all, says, db):
    with pytest.raises(CommandError, match=says):
        call_command("retry_task", *ids, all=all)
