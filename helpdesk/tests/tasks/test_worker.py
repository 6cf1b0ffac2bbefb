"""What the worker makes of a task: done, tried again, or a failed task."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from helpdesk.tasks import task
from helpdesk.tasks.worker import Worker

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
failures, done = [], []


@task.task(attempts=3, words="Do something")
def something(name):
    if failures:
        raise failures.pop(0)
    done.append(name)


@task.task
def plain():
    done.append("plain")


@task.task(takes_context=True)
def counted(context):
    done.append(context.attempt)


@pytest.fixture
def work(work_off, time_machine):
    """Run what is due and answer the one row there is."""
    time_machine.move_to(NOW, tick=False)
    failures.clear()
    done.clear()

    def run():
        work_off()
        return DBTaskResult.objects.get()

    return run


def test_a_task_runs_once(work):
    something.enqueue("a")

    row = work()
    work()

    assert done == ["a"]
    assert row.status == TaskResultStatus.SUCCESSFUL


def test_a_task_that_fails_is_put_off_longer_each_time_and_then_done(work, time_machine):
    failures[:] = [ValueError("one"), OSError("two")]
    something.enqueue("a")
    now = NOW

    for attempt, seconds in enumerate(task.PAUSE_SECONDS[:2], start=1):
        row = work()
        assert row.status == TaskResultStatus.READY
        assert len(row.worker_ids) == attempt
        assert seconds * 0.75 <= (row.run_after - now).total_seconds() <= seconds * 1.25
        assert work().worker_ids == row.worker_ids
        now = row.run_after
        time_machine.move_to(now, tick=False)

    assert work().status == TaskResultStatus.SUCCESSFUL
    assert done == ["a"]


def test_the_last_attempt_leaves_a_failed_task_that_says_why(work, time_machine):
    failures[:] = [ValueError("no"), ValueError("no"), ValueError("never")]
    something.enqueue("a")

    for minutes in range(4):
        time_machine.move_to(NOW + timedelta(minutes=minutes), tick=False)
        row = work()

    assert row.status == TaskResultStatus.FAILED
    assert len(row.worker_ids) == 3
    assert row.traceback.endswith("ValueError: never\n")
    assert done == []


def test_a_final_error_is_not_tried_again(work):
    failures[:] = [task.Final("Nobody lives there.")]
    something.enqueue("a")

    row = work()

    assert row.status == TaskResultStatus.FAILED
    assert len(row.worker_ids) == 1


def test_a_task_that_ends_the_process_does_not_end_the_worker(work):
    failures[:] = [SystemExit(3)]
    something.enqueue("a")

    assert work().status == TaskResultStatus.READY


def test_new_work_does_not_wait_behind_what_fails(work, time_machine, work_off):
    failures[:] = [ValueError("no")]
    something.enqueue("failed")
    work_off()
    something.enqueue("new")

    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    work_off()

    assert done == ["new", "failed"]


def test_a_task_of_a_version_that_is_gone_becomes_a_failed_task(work, time_machine):
    plain.enqueue()
    DBTaskResult.objects.update(task_path="helpdesk.tests.tasks.test_worker.gone")

    for minutes in range(0, 120, 10):
        time_machine.move_to(NOW + timedelta(minutes=minutes), tick=False)
        row = work()

    assert row.status == TaskResultStatus.FAILED
    assert task.words_of(row.task_path) == "Gone"


def test_what_was_taken_over_meanwhile_is_not_settled(work, monkeypatch):
    """A worker that seemed dead finishes: the row is its successor's."""

    def take_over(self, row):
        DBTaskResult.objects.filter(pk=row.pk).update(worker_ids=[*row.worker_ids, "another"])
        original(self, row)

    original = Worker.run_task
    monkeypatch.setattr(Worker, "run_task", take_over)
    something.enqueue("a")

    row = work()

    assert done == ["a"]
    assert row.status == TaskResultStatus.RUNNING
    assert row.worker_ids[-1] == "another"


def test_a_task_may_be_declared_with_nothing_and_knows_its_attempt(work, work_off):
    plain.enqueue()
    counted.enqueue()

    work_off()

    assert done == ["plain", 1]
    assert task.attempts_of(plain.module_path) == task.ATTEMPTS
    assert (task.words_of(plain.module_path), task.words_of(something.module_path)) == (
        "Plain",
        "Do something",
    )


def test_pauses_grow_to_five_minutes_and_differ():
    assert [round(task.pause_after(99).total_seconds()) // 60 in (3, 4, 5, 6) for _ in range(20)] == [
        True
    ] * 20
    assert len({task.pause_after(1) for _ in range(20)}) > 1
