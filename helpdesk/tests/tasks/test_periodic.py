"""What happens again and again: each run by one worker, and one that fails keeps no other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from helpdesk.models import PeriodicTask, WorkerHeartbeat
from helpdesk.tasks import periodic
from helpdesk.tasks.heartbeat import LEASE, take_back

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
            periodic.run_due("me")
        assert ran == ["first", "second"] * runs


def test_a_run_is_claimed_once_and_not_while_another_is_at_it(db):
    now = timezone.now()
    PeriodicTask.objects.plan("sweep", now)
    PeriodicTask.objects.plan("sweep", now + DAY)

    assert PeriodicTask.objects.claim("sweep", now, DAY, worker="me")
    assert not PeriodicTask.objects.claim("sweep", now, DAY, worker="another")
    assert not PeriodicTask.objects.claim("sweep", now + DAY, DAY, worker="another")
    assert PeriodicTask.objects.get().next_run_at == now + DAY


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_gets_the_run():
    now = timezone.now()
    PeriodicTask.objects.plan("sweep", now)
    start = Barrier(8)

    def claim(number):
        start.wait(timeout=60)
        try:
            return PeriodicTask.objects.claim("sweep", now, DAY, worker=f"worker {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        assert sum(workers.map(claim, range(8))) == 1


def test_a_run_that_ended_badly_is_not_waited_for_by_its_own_worker(db):
    now = timezone.now()
    PeriodicTask.objects.plan("sweep", now)
    PeriodicTask.objects.claim("sweep", now, DAY, worker="me")

    assert PeriodicTask.objects.claim("sweep", now + DAY, DAY, worker="me")


def test_a_job_whose_worker_died_is_due_at_once_for_another(ran):
    now = timezone.now()
    PeriodicTask.objects.plan("first", now)
    PeriodicTask.objects.claim("first", now, DAY, worker="dead")
    WorkerHeartbeat.objects.beat("dead", now)
    with time_machine.travel(now + LEASE - timedelta(seconds=1), tick=False):
        take_back()
        assert periodic.run_due("me") == []

    with time_machine.travel(now + LEASE + timedelta(seconds=1), tick=False):
        take_back()
        assert periodic.run_due("me") == ["first"]

    assert PeriodicTask.objects.get(name="first").worker == ""


def test_looking_costs_one_query_when_nothing_is_due(ran, django_assert_num_queries):
    periodic.run_due("me")

    with django_assert_num_queries(1):
        periodic.run_due("me")


def test_a_job_may_come_several_times_a_minute(ran, monkeypatch):
    monkeypatch.setitem(periodic.JOBS, "first", (timedelta(seconds=15), lambda: ran.append("first")))
    now = timezone.now()
    for seconds in range(0, 60, periodic.LOOK_SECONDS):
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
            periodic.run_due("me")

    assert ran == ["first"] * 3


def test_a_job_that_fails_is_logged_and_keeps_no_other(ran, monkeypatch, caplog):
    monkeypatch.setitem(periodic.JOBS, "first", (DAY, lambda: 1 / 0))
    PeriodicTask.objects.plan("first", timezone.now())
    PeriodicTask.objects.plan("second", timezone.now())

    assert periodic.run_due("me") == ["first", "second"]

    assert ran == ["second"]
    assert "The periodic job first failed." in caplog.text


def test_every_job_can_be_run(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

    for _, job in periodic.JOBS.values():
        job()


def test_what_is_done_is_gone_after_an_hour_and_what_is_dead_stays(work_off):
    rows = {
        status: DBTaskResult.objects.create(
            status=status,
            args_kwargs={"args": ["a link"], "kwargs": {}},
            task_path="helpdesk.mail.delivery.deliver",
            backend_name="default",
            run_after=timezone.now(),
            finished_at=timezone.now(),
        )
        for status in ("SUCCESSFUL", "FAILED", "READY", "RUNNING")
    }

    periodic.JOBS["prune_tasks"][1]()

    assert periodic.JOBS["prune_tasks"][0] == timedelta(hours=1)
    assert set(DBTaskResult.objects.all()) == set(rows.values()) - {rows["SUCCESSFUL"]}


def test_a_clock_that_was_ahead_and_is_right_again_stops_no_job(ran):
    now = timezone.now()
    for hours in (0, 25, 24 * 30):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            periodic.run_due("me")
    ran.clear()

    for hours, runs in [(26, 1), (27, 1), (51, 2)]:
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            periodic.run_due("me")
        assert ran == ["first", "second"] * runs
