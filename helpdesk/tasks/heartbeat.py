"""A worker's heartbeat, and what happens to the work of one whose heart has stopped."""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction

from helpdesk.models import PeriodicTask, WorkerHeartbeat
from helpdesk.models.worker_heartbeat import LEASE

from .task import LONGEST_PAUSE, attempts_of

logger = logging.getLogger(__name__)

BEAT = timedelta(seconds=10)
# A task at which so many workers died is not given to another.
MOST_CRASHES = 3
DIED = " (died)"


class WorkerDied(Exception):
    """Why a task is a failed task that raised nothing."""


class Heartbeat:
    """Beats while a worker is at work, in a thread, and looks after those that do not beat any more.

    lease: how long after its last beat a worker counts as alive.
    """

    def __init__(self, name: str, *, beat: timedelta = BEAT, lease: timedelta = LEASE) -> None:
        self._name, self._beat, self._lease = name, beat, lease
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        # Before any work: whoever sees a task of this worker sees the beat as well.
        WorkerHeartbeat.objects.beat(self._name, timezone.now())
        take_back(self._lease)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopping.set()
        self._thread.join()
        try:
            # What it left unfinished is free at once.
            WorkerHeartbeat.objects.filter(name=self._name).delete()
        except DatabaseError:
            logger.warning("Worker %s could not say that it ends; its lease runs out.", self._name)

    def _keep_beating(self) -> None:
        while not self._stopping.wait(self._beat.total_seconds()):
            try:
                WorkerHeartbeat.objects.beat(self._name, timezone.now())
                take_back(self._lease)
            except DatabaseError:
                logger.warning("Worker %s could not beat; it tries again.", self._name, exc_info=True)
            finally:
                connection.close()


def take_back(lease: timedelta = LEASE) -> int:
    """Free what dead workers were at, and answer how many tasks that were."""
    now = timezone.now()
    with exclusive_transaction():
        _hurry(now)
        # First the tasks, then who is alive: a worker beats before it takes its first.
        running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
        jobs = PeriodicTask.objects.exclude(worker="").exists()
        if not running and not jobs:
            return 0
        alive = set(WorkerHeartbeat.objects.alive(now, lease).values_list("name", flat=True))
        lost = [row for row in running if row.worker_ids[-1] not in alive]
        for row in lost:
            _free(row)
        PeriodicTask.objects.take_back(alive, now)
        WorkerHeartbeat.objects.exclude(name__in=alive).delete()
    return len(lost)


def _hurry(now: datetime) -> None:
    """Let tasks be tried again that rest for longer than any does: the clock was ahead when they failed."""
    resting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__lt=get_date_max())
    resting.filter(run_after__gt=now + LONGEST_PAUSE).update(run_after=now)


def _free(row: "DBTaskResult[Any, Any]") -> None:
    logger.error("Worker %s died at task %s %s.", row.worker_ids[-1], row.task_path, row.pk)
    row.worker_ids[-1] += DIED
    deaths, attempts = sum(name.endswith(DIED) for name in row.worker_ids), len(row.worker_ids)
    row.status = TaskResultStatus.READY
    row.save(update_fields=["status", "worker_ids"])
    if deaths >= MOST_CRASHES or attempts >= attempts_of(row.task_path):
        row.set_failed(WorkerDied(f"{deaths} workers died at it."))
