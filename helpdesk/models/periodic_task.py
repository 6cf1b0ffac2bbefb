"""When what happens again and again happens next, and who is at it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models


class PeriodicTaskQuerySet(models.QuerySet["PeriodicTask"]):
    def plan(self, name: str, first: datetime) -> None:
        """Put a job down for its first time, if it is not there yet."""
        self.bulk_create(
            [PeriodicTask(name=name, next_run_at=first)],
            ignore_conflicts=True,
        )

    def due(self, now: datetime, every: timedelta) -> Self:
        """Those whose time has come; and those put down by a clock that was ahead and is right again: no next run
        is further away than one interval.
        """
        return self.filter(models.Q(next_run_at__lte=now) | models.Q(next_run_at__gt=now + every))

    def claim(self, name: str, now: datetime, every: timedelta, *, worker: str) -> bool:
        """Take this run of a job. False if it is not due, or another worker was first or is still at it.

        A worker runs one at a time: one that has its own name on it did not get to `finish`.
        """
        free = models.Q(worker="") | models.Q(worker=worker)
        return bool(
            self.due(now, every).filter(free, name=name).update(next_run_at=now + every, worker=worker)
        )

    def finish(self, name: str, *, worker: str) -> None:
        """Let go of a job, unless it was taken from this worker meanwhile."""
        self.filter(name=name, worker=worker).update(worker="")

    def take_back(self, alive: Collection[str], now: datetime) -> None:
        """Make due again what a worker that is not alive was at."""
        self.exclude(worker="").exclude(worker__in=alive).update(worker="", next_run_at=now)


class PeriodicTask(models.Model):
    name = models.CharField(max_length=50, unique=True)
    next_run_at = models.DateTimeField()
    worker = models.CharField(max_length=64, blank=True, help_text="Who is at it; empty for nobody.")

    objects = PeriodicTaskQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
