"""When what happens again and again happens next."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models


class PeriodicJobQuerySet(models.QuerySet["PeriodicJob"]):
    def plan(self, name: str, first: datetime) -> None:
        """Put a job down for its first time, if it is not there yet."""
        self.bulk_create(
            [PeriodicJob(name=name, next_run_at=first)],  # type: ignore[list-item]
            ignore_conflicts=True,
        )

    def due(self, now: datetime) -> Self:
        return self.filter(next_run_at__lte=now)

    def claim(self, name: str, now: datetime, every: timedelta) -> bool:
        """Take this run of a job. False if it is not due, or another worker was first."""
        return bool(self.due(now).filter(name=name).update(next_run_at=now + every))


class PeriodicJob(models.Model):
    name = models.CharField(max_length=50, unique=True)
    next_run_at = models.DateTimeField()

    objects = PeriodicJobQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
