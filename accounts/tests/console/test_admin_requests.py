"""Who asked to be an admin: granted or refused, once, and kept in the history."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import AdminRequest, User
from helpdesk.models import AuditEvent

LIST = "/admin/accounts/adminrequest/"


@pytest.fixture
def mailed_at_once(settings):
    """Deliver each message when its transaction commits, without a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def wish(requester):
    return AdminRequest.objects.create(user=requester)


def test_those_who_wait_come_first_the_oldest_on_top(console, wish, other_requester, admin, other_admin):
    AdminRequest.objects.create(user=other_requester, requested_at=timezone.now() - timedelta(days=3))
    AdminRequest.objects.create(user=other_admin).refuse(by=admin)

    answer = console.get(LIST)

    assert [str(row.user) for row in answer.context["waiting"]] == ["Otto Other", "Rita Requester"]
    assert [str(row.user) for row in answer.context["page"].rows] == ["Oskar Otheradmin"]
    assert "Refused" in answer.content.decode()


def test_granting_makes_an_admin_and_tells_them(
    console, wish, requester, admin, mailed_at_once, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = console.post(f"{LIST}{wish.pk}/grant/")

    assert answer.url == LIST
    wish.refresh_from_db()
    assert (wish.outcome, wish.decided_by) == ("granted", admin)
    assert User.objects.get(pk=requester.pk).is_admin
    assert [message.to for message in mail.outbox] == [[requester.email]]
    event = AuditEvent.objects.get(person=requester, kind="request_granted")
    assert event.actor == admin


def test_refusing_leaves_them_a_user(console, wish, requester, admin):
    console.post(f"{LIST}{wish.pk}/refuse/")

    wish.refresh_from_db()
    assert (wish.outcome, wish.decided_by) == ("refused", admin)
    assert not User.objects.get(pk=requester.pk).is_staff


def test_what_a_colleague_decided_stands(console, wish, requester, other_admin):
    wish.refuse(by=other_admin)

    answer = console.post(f"{LIST}{wish.pk}/grant/")

    assert answer.status_code == 409
    assert "Another admin has already decided" in answer.content.decode()
    assert not User.objects.get(pk=requester.pk).is_staff
    assert not AuditEvent.objects.filter(kind="request_granted").exists()


def test_getting_the_address_decides_nothing(console, wish):
    assert console.get(f"{LIST}{wish.pk}/grant/").status_code == 405
    wish.refresh_from_db()
    assert wish.is_waiting


@pytest.mark.parametrize("number", ["0", str(10**30), "x", "999999"])
def test_a_request_that_is_not_there_is_a_404(number, console):
    assert console.post(f"{LIST}{number}/grant/").status_code == 404


def test_the_one_who_asks_cannot_decide(client_of, wish, requester):
    assert client_of(requester).post(f"{LIST}{wish.pk}/grant/").status_code == 404
    wish.refresh_from_db()
    assert wish.is_waiting


@pytest.mark.parametrize("nonsense", [{"outcome": "maybe"}, {"after": "x"}, {"sort": "user__password"}])
def test_nonsense_in_the_address_is_answered(nonsense, console, wish):
    assert list(console.get(LIST, nonsense).context["waiting"]) == [wish]
