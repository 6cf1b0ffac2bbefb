"""What happens again and again, done by the workers: each run by one of them."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tickets.models import PeriodicJob

logger = logging.getLogger(__name__)

LOOK_SECONDS = 60
DAY = timedelta(days=1)
JOBS: dict[str, tuple[timedelta, Callable[[], object]]] = {
    "empty_trash": (DAY, partial(call_command, "empty_trash")),
    "sweep_files": (DAY, partial(call_command, "sweep_files")),
    "clear_sessions": (DAY, partial(call_command, "clearsessions")),
    "prune_tasks": (DAY, partial(call_command, "prune_db_task_results", queue_name="*")),
}


def run_due() -> list[str]:
    """Run the jobs that are due, and name those this process ran. One that fails is logged, and comes
    again when its time comes.

    A job that is new here is first due after its whole interval: who has just installed a version that
    empties the trash has a day to look at the trash.
    """
    now, ran = timezone.now(), []
    planned = set(PeriodicJob.objects.values_list("name", flat=True))
    for name, (every, job) in JOBS.items():
        if name not in planned:
            PeriodicJob.objects.plan(name, now + every)
        if not PeriodicJob.objects.claim(name, now, every):
            continue
        ran.append(name)
        try:
            job()
        except Exception:
            logger.exception("The periodic job %s failed.", name)
    return ran


def start() -> None:
    """Look once a minute, in a thread that ends with the process: every job may be cut off."""
    threading.Thread(target=_keep_looking, name="periodic", daemon=True).start()


def _keep_looking() -> None:
    pause = threading.Event()
    while not pause.wait(LOOK_SECONDS):
        try:
            run_due()
        except Exception:
            logger.exception("Periodic jobs could not be looked at; the next try is in a minute.")
        finally:
            connection.close()
