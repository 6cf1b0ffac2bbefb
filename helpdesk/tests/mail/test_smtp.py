"""A real mail server on the loopback: away for the whole run, back again, refusing one of many for good."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.mail.delivery import enqueue
from helpdesk.models import FailedTask
from helpdesk.tests.server.test_port import free_port

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Inbox:
    """Takes what comes, but nothing for somebody who has left."""

    def __init__(self):
        self.got = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, aiosmtpd's name
        if address.startswith("left"):
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.got.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def server(settings):
    """A mail server that does not run yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = Controller(Inbox(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    yield controller
    if controller.loop.is_running():
        controller.stop()


def statuses():
    return set(DBTaskResult.objects.values_list("status", flat=True))


def test_every_message_arrives_once_after_the_server_is_back_and_one_refused_is_told(
    work_off, server, time_machine
):
    time_machine.move_to(NOW)
    for number in range(20):
        to = f"person{number}@example.com" if number else "left@example.com"
        enqueue(EmailMultiAlternatives(f"Mail {number}", "Text", "help@example.com", [to]))
    planned = set(DBTaskResult.objects.values_list("args_kwargs__args__5__Message-ID", flat=True))
    for minutes in range(0, 60, 10):
        time_machine.move_to(NOW + timedelta(minutes=minutes))
        work_off()
    assert statuses() == {TaskResultStatus.READY}

    server.start()
    # The longest pause is five minutes, a quarter more or less.
    time_machine.move_to(NOW + timedelta(minutes=60))
    work_off()

    assert sorted(to for [to], _ in server.handler.got) == sorted(
        f"person{n}@example.com" for n in range(1, 20)
    )
    ids = {message["Message-ID"] for _, message in server.handler.got}
    assert len(ids) == 19
    assert ids < planned
    assert FailedTask.objects.get().error == (
        "The mail server refuses mail for left@example.com: 550 5.1.1 No such user"
    )
    assert statuses() == {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}
