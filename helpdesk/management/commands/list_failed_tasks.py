"""Operators see what later work came to nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from helpdesk.models import FailedTask


class Command(BaseCommand):
    help = (
        "List mails and other later work given up after the last attempt, latest first; never what they say."
    )

    def handle(self, **options: Any) -> None:
        dead = FailedTask.objects.order_by("-finished_at")
        for task in dead:
            moment = timezone.localtime(task.finished_at)
            self.stdout.write(
                f"{task.pk}  {moment:%Y-%m-%d %H:%M}  {task.words}, {task.attempts} attempts: {task.error}"
            )
        self.stdout.write(f"{len(dead)} failed tasks.")
