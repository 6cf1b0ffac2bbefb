"""What a dead worker was at is taken back, once its lease has run out."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.models import WorkerHeartbeat
from helpdesk.tasks import task
from helpdesk.tasks.heartbeat import BEAT, LEASE, MOST_CRASHES, Heartbeat, take_back

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
done = []


@task.task
def something():
    done.append(1)


@pytest.fixture(autouse=True)
def clock(work_off, time_machine):
    time_machine.move_to(NOW, tick=False)
    done.clear()
    return time_machine


def claimed(*, by):
    """A task that a worker has begun."""
    WorkerHeartbeat.objects.beat(by, NOW)
    row = DBTaskResult.objects.get(pk=something.enqueue().id)
    row.claim(by)
    return row


def test_a_task_of_a_living_worker_is_left_alone(clock):
    row = claimed(by="alive")
    clock.move_to(NOW + LEASE - timedelta(seconds=1), tick=False)

    assert take_back() == 0

    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING


def test_a_task_of_a_dead_worker_runs_again(clock, work_off):
    row = claimed(by="dead")
    clock.move_to(NOW + LEASE + timedelta(seconds=1), tick=False)

    work_off()

    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert len(row.worker_ids) == 2
    assert done == [1]
    assert not WorkerHeartbeat.objects.exists()


def test_a_task_that_kills_workers_is_parked(clock, work_off):
    row = claimed(by="first")
    for death in range(1, MOST_CRASHES + 1):
        clock.shift(LEASE + timedelta(seconds=1))
        assert take_back() == 1
        row.refresh_from_db()
        if death < MOST_CRASHES:
            row.claim(f"next {death}")

    work_off()

    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert "3 workers died at it." in row.traceback
    assert done == []


def test_a_heart_beats_from_before_the_work_until_after_it():
    with Heartbeat("me"):
        assert WorkerHeartbeat.objects.get().name == "me"

    assert not WorkerHeartbeat.objects.exists()


def test_a_lease_outlives_several_beats():
    assert LEASE >= 3 * BEAT


def test_a_worker_that_died_while_the_clock_was_ahead_is_missed_once_it_is_right(clock):
    row = claimed(by="dead")
    WorkerHeartbeat.objects.beat("dead", NOW + timedelta(days=1))

    assert take_back() == 1

    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY


def test_a_task_put_off_while_the_clock_was_ahead_is_tried_again_once_it_is_right(work_off):
    row = DBTaskResult.objects.get(pk=something.enqueue().id)
    DBTaskResult.objects.filter(pk=row.pk).update(run_after=NOW + timedelta(days=1))

    work_off()

    assert done == [1]
