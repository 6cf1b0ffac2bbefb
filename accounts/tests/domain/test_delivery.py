"""A mail server that is away for a while loses nobody a message."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks_db.models import DBTaskResult

from accounts.mail import ATTEMPTS, deliver

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MESSAGE = ("Subject", "Text", "", "help@example.com", ["rita@example.com"], {})


class Away(BaseEmailBackend):
    """Stands for a mail server nobody answers at."""

    error: Exception = SMTPServerDisconnected("gone")

    def send_messages(self, messages):
        raise self.error


@pytest.fixture(autouse=True)
def queue(settings, db, time_machine):
    time_machine.move_to(NOW, tick=False)
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 1), (2, 2), (5, 16)])
def test_a_message_is_tried_again_later(attempt, minutes):
    deliver.func(*MESSAGE, attempt)

    row = DBTaskResult.objects.get()
    assert row.run_after == NOW + timedelta(minutes=minutes)
    assert row.args_kwargs["args"][-1] == attempt + 1


def test_the_last_attempt_says_why():
    with pytest.raises(SMTPServerDisconnected):
        deliver.func(*MESSAGE, ATTEMPTS)

    assert not DBTaskResult.objects.exists()


def test_a_recipient_refused_for_good_is_not_tried_again(monkeypatch):
    monkeypatch.setattr(Away, "error", SMTPRecipientsRefused({"rita@example.com": (550, b"nobody")}))

    with pytest.raises(SMTPRecipientsRefused):
        deliver.func(*MESSAGE)

    assert not DBTaskResult.objects.exists()


def test_a_recipient_refused_for_now_is_tried_again(monkeypatch):
    greylisted = SMTPRecipientsRefused({"rita@example.com": (450, b"come again")})
    monkeypatch.setattr(Away, "error", greylisted)

    deliver.func(*MESSAGE)

    assert DBTaskResult.objects.get().run_after == NOW + timedelta(minutes=1)
