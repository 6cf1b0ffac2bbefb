"""What happens again and again: each run by one worker, and one that fails keeps no other."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import get_commands
from django.utils import timezone

from helpdesk import periodic
from tickets.models import PeriodicJob

DAY = timedelta(days=1)


@pytest.fixture
def ran(monkeypatch, db):
    found = []
    jobs = {"first": (DAY, lambda: found.append("first")), "second": (DAY, lambda: found.append("second"))}
    monkeypatch.setattr(periodic, "JOBS", jobs)
    return found


def test_a_new_job_runs_after_a_day_and_then_once_a_day(ran):
    now = timezone.now()
    for hours, runs in [(0, 0), (23, 0), (25, 1), (26, 1), (50, 2)]:
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            periodic.run_due()
        assert ran == ["first", "second"] * runs


def test_a_run_is_claimed_once(db):
    now = timezone.now()
    PeriodicJob.objects.plan("sweep", now)
    PeriodicJob.objects.plan("sweep", now + DAY)

    assert PeriodicJob.objects.claim("sweep", now, DAY)
    assert not PeriodicJob.objects.claim("sweep", now, DAY)
    assert PeriodicJob.objects.get().next_run_at == now + DAY


def test_a_job_that_fails_is_logged_and_keeps_no_other(ran, monkeypatch, caplog):
    monkeypatch.setitem(periodic.JOBS, "first", (DAY, lambda: 1 / 0))
    PeriodicJob.objects.plan("first", timezone.now())
    PeriodicJob.objects.plan("second", timezone.now())

    assert periodic.run_due() == ["first", "second"]

    assert ran == ["second"]
    assert "The periodic job first failed." in caplog.text


def test_every_job_is_a_command_there_is(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

    for _, job in periodic.JOBS.values():
        assert job.args[0] in get_commands()
        job()
