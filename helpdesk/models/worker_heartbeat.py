"""Which workers are alive: each says so every few seconds."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

# How long after its last beat a worker counts as alive.
LEASE = timedelta(seconds=60)


class WorkerHeartbeatQuerySet(models.QuerySet["WorkerHeartbeat"]):
    def alive(self, now: datetime, lease: timedelta) -> Self:
        """Those that have said so within their lease, by the clocks of their machines. What a clock said that
        was ahead by more counts as nothing: it would keep a dead worker alive.
        """
        return self.filter(beat_at__gt=now - lease, beat_at__lt=now + lease)

    def beat(self, name: str, now: datetime) -> None:
        """Say that a worker is alive; before it takes any work, and then again and again."""
        self.update_or_create(name=name, defaults={"beat_at": now})


class WorkerHeartbeat(models.Model):
    name = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    objects = WorkerHeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
