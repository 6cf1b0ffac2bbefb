"""Failed tasks in the console: what an admin is told, tries again, discards; who may not."""

import pytest
from django.contrib.auth.models import Permission
from django_tasks_db.models import DBTaskResult

from helpdesk.models import AuditEvent, FailedTask
from helpdesk.tasks import failed_task_admin
from tickets.tests.factories import FailedTaskFactory

LIST = "/admin/helpdesk/failedtask/"


@pytest.fixture
def dead(db):
    return FailedTaskFactory()


def test_the_list_says_what_when_and_why_and_not_what_the_mail_says(console, dead):
    page = console.get(LIST).content.decode()

    for words in ("Send a mail", "refuses mail for r@example.com: 550 nobody", "<strong>1</strong> mail"):
        assert words in page
    assert "Secret text" not in page
    assert "Try all again" not in page


def test_an_empty_list_says_so(console):
    assert "No failed tasks" in console.get(LIST).content.decode()


def test_only_the_latest_are_shown_and_all_are_counted(console, monkeypatch):
    monkeypatch.setattr(failed_task_admin, "MOST_SHOWN", 2)
    for _ in range(3):
        FailedTaskFactory()

    page = console.get(LIST)

    assert len(page.context["rows"]) == 2
    assert "<strong>3</strong> mails" in page.content.decode()
    assert "The latest 2 are shown." in page.content.decode()


def test_the_list_costs_the_same_whatever_there_is(console, dead, django_assert_max_num_queries):
    for _ in range(20):
        FailedTaskFactory()

    with django_assert_max_num_queries(12):
        console.get(LIST)


def test_one_is_tried_again(console, dead):
    FailedTaskFactory()

    answer = console.post(f"{LIST}{dead.pk}/retry/", follow=True)

    assert "Send a mail is tried again now." in answer.content.decode()
    assert DBTaskResult.objects.get(pk=dead.pk).status == "READY"
    assert FailedTask.objects.count() == 1


def test_all_are_tried_again(console, dead):
    FailedTaskFactory()

    answer = console.post(f"{LIST}retry/", follow=True)

    assert "2 tried again now" in answer.content.decode()
    assert not FailedTask.objects.exists()
    assert AuditEvent.objects.filter(kind="task_retried").count() == 2


def test_discarding_asks_first(console, dead):
    page = console.get(f"{LIST}{dead.pk}/discard/").content.decode()
    assert "Discard this failed task?" in page
    assert "Secret text" not in page
    assert FailedTask.objects.exists()

    answer = console.post(f"{LIST}{dead.pk}/discard/", follow=True)

    assert "Send a mail is discarded." in answer.content.decode()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_what_is_decided_already_is_not_there(act, console, dead):
    dead.retry(by=None)

    assert console.post(f"{LIST}{dead.pk}/{act}/").status_code == 404
    assert console.post(f"{LIST}nonsense/{act}/").status_code == 404


def test_the_audit_shows_who_decided(console, dead, admin):
    dead.discard(by=admin)

    page = console.get("/admin/tickets/ticketevent/", {"who": "me"}).content.decode()

    assert "Failed task discarded" in page


def test_staff_without_the_right_see_and_decide_nothing(client_of, requester, dead):
    requester.is_staff = True
    requester.save(update_fields=["is_staff"])
    requester.user_permissions.add(Permission.objects.get(codename="view_ticket"))
    viewer = client_of(requester)

    assert "Failed tasks" not in viewer.get("/admin/").content.decode()
    assert viewer.get(LIST).status_code == 403
    assert viewer.get(f"{LIST}{dead.pk}/discard/").status_code == 403
    for act in ("retry/", f"{dead.pk}/retry/", f"{dead.pk}/discard/"):
        assert viewer.post(f"{LIST}{act}").status_code == 403
    assert FailedTask.objects.exists()
