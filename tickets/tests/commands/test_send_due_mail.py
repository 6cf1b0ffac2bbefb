"""`manage.py send_due_mail`, which the worker runs every few seconds."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.tests.mailbox import mails_to
from tickets.models import Notification


@pytest.fixture
def due(ticket, admin, requester):
    ticket.take(by=admin)
    ticket.reply("Hello.", by=admin)
    Notification.objects.filter(kind="replied").update(mail_due_at=timezone.now() - timedelta(seconds=1))


def run(**options):
    said = StringIO()
    call_command("send_due_mail", stdout=said, **options)
    return said.getvalue()


def test_it_writes_what_is_due_and_says_to_how_many(due, requester):
    assert run() == "Mails were written to 1 person.\n"
    assert run() == "Mails were written to 0 people.\n"
    assert len(mails_to(requester.email)) == 1


def test_the_worker_hears_nothing_of_it(due):
    assert run(verbosity=0) == ""
