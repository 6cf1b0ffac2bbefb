"""The worker: runs what was enqueued, again if it fails, and what a dead colleague left behind."""

import logging
import signal
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from helpdesk.models.worker_heartbeat import LEASE

from . import periodic
from .heartbeat import BEAT, Heartbeat
from .task import Final, attempts_of, pause_after

logger = logging.getLogger(__name__)

# How often an idle worker looks for work; and how long one waits for a database that is away.
INTERVAL_SECONDS, AWAY_SECONDS = 0.5, 3


class Worker(db_worker.Worker):
    """django-tasks-db's worker, which alone neither retries, nor survives its database, nor is missed.

    interval: how many seconds an idle one rests before it looks again.
    batch: end once nothing is ready.
    periodic_jobs: also run the jobs of helpdesk/tasks/periodic.py.
    """

    def __init__(
        self,
        *,
        interval: float = INTERVAL_SECONDS,
        batch: bool = False,
        periodic_jobs: bool = True,
        beat: timedelta = BEAT,
        lease: timedelta = LEASE,
    ) -> None:
        self._periodic_jobs, self._beat, self._lease = periodic_jobs, beat, lease
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            # Chosen by `run`.
            worker_id="",
        )

    def configure_signals(self) -> None:
        signal.signal(signal.SIGTERM, self.shutdown)
        signal.signal(signal.SIGINT, self.shutdown)

    def shutdown(self, number: int, frame: Any) -> None:
        """Finish the task at hand and end. Asked twice, end at once."""
        if not self.running:
            raise SystemExit(1)
        self.running = False

    def run(self) -> None:
        """Work until told to stop, or with `batch` until nothing is ready.

        After trouble with the database it takes another name, so that what it was at under the old one is
        taken back: nobody knows how far that came.
        """
        while self.running:
            self.worker_id = get_random_string(32)
            try:
                with Heartbeat(self.worker_id, beat=self._beat, lease=self._lease):
                    return self._work()
            except DatabaseError:
                if self.batch:
                    raise
                logger.exception("The database is away or busy; the next try is in %d seconds.", AWAY_SECONDS)
                connection.close()
                time.sleep(AWAY_SECONDS)

    def _work(self) -> None:
        if self._periodic_jobs and self.batch:
            periodic.run_due(self.worker_id)
        with periodic.looking(self.worker_id) if self._periodic_jobs and not self.batch else nullcontext():
            super().run()

    def run_task(self, row: "DBTaskResult[Any, Any]") -> None:
        """Run a claimed task and settle it: done, again after a pause, or dead."""
        self.running_task = True
        try:
            value = _call(row)
        except BaseException as error:
            failure = error
            self._settle(row, lambda mine: _fail(mine, failure))
        else:
            self._settle(row, lambda mine: mine.set_successful(value))
            logger.info("Task %s %s is done.", row.task_path, row.pk)
        finally:
            self.running_task = False

    def _settle(
        self, row: "DBTaskResult[Any, Any]", outcome: "Callable[[DBTaskResult[Any, Any]], None]"
    ) -> None:
        """Write what came of a task, unless it was taken from this worker, who seemed dead: then whoever
        has it now writes that.
        """
        with exclusive_transaction():
            mine = DBTaskResult.objects.select_for_update().filter(pk=row.pk).first()
            if mine and mine.status == TaskResultStatus.RUNNING and mine.worker_ids == row.worker_ids:
                outcome(mine)


def _call(row: "DBTaskResult[Any, Any]") -> Any:
    task = row.task
    result: Any = row.task_result
    context = [TaskContext(task_result=result)] if task.takes_context else []
    return normalize_json(task.call(*context, *result.args, **result.kwargs))


def _fail(row: "DBTaskResult[Any, Any]", error: BaseException) -> None:
    """Put a task off, or end it as a failed task. What failed goes behind what is new."""
    attempt, name = len(row.worker_ids), row.task_path
    row.set_failed(error)
    if isinstance(error, Final) or attempt >= attempts_of(name):
        logger.error("Task %s %s is a failed task after %d attempts.", name, row.pk, attempt, exc_info=error)
        return
    pause = pause_after(attempt)
    logger.warning(
        "Task %s %s failed at attempt %d (%s); the next is in %d seconds.",
        name,
        row.pk,
        attempt,
        type(error).__name__,
        pause / timedelta(seconds=1),
    )
    row.status, row.finished_at = TaskResultStatus.READY, None
    row.run_after, row.priority = timezone.now() + pause, max(row.priority - 1, -100)
    row.save(update_fields=["status", "finished_at", "run_after", "priority"])
