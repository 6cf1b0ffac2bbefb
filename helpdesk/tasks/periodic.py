"""What happens again and again, done by the workers: each run by one of them."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from helpdesk.models import PeriodicTask
from helpdesk.models.sent_form import forget_sent_forms

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Name -> how often, and what. The kit's own; rooms add theirs.
JOBS: dict[str, tuple[timedelta, Callable[[], object]]] = {
    # What is done may hold a link that resets a password; what is dead is an admin's to decide.
    "prune_tasks": (
        HOUR,
        partial(
            call_command, "prune_db_task_results", queue_name="*", min_age_days=0, failed_min_age_days=30
        ),
    ),
    "forget_sent_forms": (DAY, forget_sent_forms),
    "clear_sessions": (DAY, partial(call_command, "clearsessions")),
}


def register_job(name: str, every: timedelta, job: Callable[[], object]) -> None:
    """Have something done again and again. Called when the applications start.

    name: of its row, at most 50 characters. every: from one run's beginning to the next's. job: may be cut
    off at any moment, and then comes again.
    """
    JOBS[name] = every, job


def run_due(worker: str) -> list[str]:
    """Run the jobs that are due, and name those this worker ran. One that fails is logged, and comes
    again when its time comes. One whose worker dies comes again once its lease has run out.

    A job that is new here is first due after its whole interval: who has just installed a version that
    empties the trash has a day to look at the trash. One query where nothing is due.
    """
    ran = []
    planned = dict(PeriodicTask.objects.values_list("name", "next_run_at"))
    # Those that come often first: they do not wait for long ones that are due at the same moment.
    for name, (every, job) in sorted(JOBS.items(), key=lambda item: item[1][0]):
        now = timezone.now()
        if name not in planned:
            PeriodicTask.objects.plan(name, now + every)
        elif not now < planned[name] <= now + every and PeriodicTask.objects.claim(
            name, now, every, worker=worker
        ):
            ran.append(name)
            _run(name, job)
            PeriodicTask.objects.finish(name, worker=worker)
    return ran


def _run(name: str, job: Callable[[], object]) -> None:
    try:
        job()
    except Exception:
        logger.exception("The periodic job %s failed.", name)


@contextmanager
def looking(worker: str) -> Iterator[None]:
    """Look every few seconds meanwhile, in a thread that ends with the process: every job may be cut off."""
    stopping = threading.Event()
    threading.Thread(target=_keep_looking, args=(worker, stopping), name="periodic", daemon=True).start()
    try:
        yield
    finally:
        stopping.set()


def _keep_looking(worker: str, stopping: threading.Event) -> None:
    while not stopping.wait(LOOK_SECONDS):
        try:
            close_old_connections()
            run_due(worker)
        except Exception:
            logger.exception(
                "Periodic jobs could not be looked at; the next try is in %d seconds.", LOOK_SECONDS
            )
    connection.close()
