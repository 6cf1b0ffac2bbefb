"""A mail server that is away for a while loses nobody a message; what it refuses for good is told."""

import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Present
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.mail.delivery import deliver, enqueue
from helpdesk.models import FailedTask
from helpdesk.tasks.task import Final

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MESSAGE = ("Subject", "Text", "", "help@example.com", ["rita@example.com"], {})


class Refusing(BaseEmailBackend):
    """Stands for a mail server that is away, or refuses; then for one that is there."""

    error: Exception | None = None
    tried: list = []

    def send_messages(self, messages):
        self.tried.extend(message.message()["Message-ID"] for message in messages)
        if self.error:
            raise self.error
        return Present().send_messages(messages)


@pytest.fixture
def work(work_off, settings, time_machine, monkeypatch):
    """Run what is due and answer the one row there is, with a mail server that is away."""
    time_machine.move_to(NOW, tick=False)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    monkeypatch.setattr(Refusing, "error", SMTPServerDisconnected("gone"))
    monkeypatch.setattr(Refusing, "tried", [])

    def run():
        work_off()
        return DBTaskResult.objects.get()

    return run


def test_a_message_goes_out_once_the_server_is_back_with_the_same_id(work, time_machine, monkeypatch):
    enqueue(EmailMultiAlternatives("Subject", "Text", "Help <help@example.com>", ["rita@example.com"]))
    for minutes in range(0, 8 * 60, 30):
        time_machine.move_to(NOW + timedelta(minutes=minutes), tick=False)
        assert work().status == TaskResultStatus.READY

    monkeypatch.setattr(Refusing, "error", None)
    time_machine.move_to(NOW + timedelta(hours=8), tick=False)

    assert work().status == TaskResultStatus.SUCCESSFUL
    assert [message.to for message in mail.outbox] == [["rita@example.com"]]
    assert len(Refusing.tried) == 17
    (message_id,) = set(Refusing.tried)
    assert message_id.endswith("@127.0.0.1>")


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({"rita@example.com": (550, b"nobody\nhere")}),
        SMTPSenderRefused(550, b"nobody\nhere", "help@example.com"),
        SMTPDataError(550, "nobody\nhere"),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(work, monkeypatch, refusal):
    monkeypatch.setattr(Refusing, "error", refusal)
    deliver.enqueue(*MESSAGE)

    row = work()

    assert row.status == TaskResultStatus.FAILED
    assert row.exception_class_path == "helpdesk.tasks.task.Final"
    assert FailedTask(exception_class_path=row.exception_class_path, traceback=row.traceback).error == (
        "The mail server refuses mail for rita@example.com: 550 nobody here"
    )


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({"rita@example.com": (450, b"come again")}),
        SMTPRecipientsRefused({"rita@example.com": (550, b"nobody"), "otto@example.com": (450, b"later")}),
        SMTPDataError(451, b"later"),
        SMTPAuthenticationError(535, b"wrong password"),
    ],
)
def test_what_may_go_well_later_is_tried_again(work, monkeypatch, refusal):
    monkeypatch.setattr(Refusing, "error", refusal)
    deliver.enqueue(*MESSAGE)

    assert work().status == TaskResultStatus.READY


def test_a_server_nobody_answers_at_is_tried_again(work, settings, time_machine):
    with socket.create_server(("127.0.0.1", 0)) as once:
        settings.EMAIL_PORT = once.getsockname()[1]
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "127.0.0.1", "django.core.mail.backends.smtp.EmailBackend"
    deliver.enqueue(*MESSAGE)

    row = work()
    assert (row.status, row.exception_class_path) == (
        TaskResultStatus.READY,
        "builtins.ConnectionRefusedError",
    )

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(row.run_after, tick=False)
    assert work().status == TaskResultStatus.SUCCESSFUL
    assert len(mail.outbox) == 1


def test_what_no_mail_can_say_is_not_tried_again_and_not_repeated():
    with pytest.raises(Final) as caught:
        deliver.func("Secret\nBcc: all@example.com", *MESSAGE[1:])

    assert "Secret" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("recipient", ['"secret\x0bb: c"@example.com', "secret\n@example.com"])
def test_an_address_no_mail_can_have_is_not_tried_again(recipient):
    with pytest.raises(Final, match="cannot be written") as caught:
        deliver.func(*MESSAGE[:4], [recipient], {})

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?hello?= world",
        "[HD-1] =?utf-8?q?hello?= =?utf-8?b?d29ybGQ=?=",
        "Grüße =?iso-8859-1?q?=FC?= und mehr",
        "what=?",
        "=?utf-8?q?" + "long words " * 30 + "?=",
        "Plain",
    ],
)
def test_a_subject_that_looks_encoded_is_read_as_it_was_typed(work_off, db, subject):
    enqueue(EmailMultiAlternatives(subject, "Text", "Help <help@example.com>", ["rita@example.com"]))
    work_off()

    raw = mail.outbox[0].message().as_bytes()
    read = message_from_bytes(raw, policy=policy.default)["Subject"]
    # As strict readers and as lenient ones decode it.
    assert read == str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) == subject.strip()
    assert all(len(line) < 79 for line in raw.split(b"\n\n")[0].splitlines())
