"""Operators see what later work came to nothing."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from helpdesk.management.base import BaseCommand
from helpdesk.models import FailedTask


class Command(BaseCommand):
    help = _(
        "List mails and other later work given up after the last attempt, latest first; never what they say."
    )

    def handle(self, **options: Any) -> None:
        dead = FailedTask.objects.order_by("-finished_at")
        for task in dead:
            moment = timezone.localtime(task.finished_at)
            said = ngettext(
                "%(task)s, %(count)d attempt: %(error)s",
                "%(task)s, %(count)d attempts: %(error)s",
                task.attempts,
            ) % {"task": task.words, "count": task.attempts, "error": task.error}
            self.stdout.write(f"{task.pk}  {moment:%Y-%m-%d %H:%M}  {said}")
        number = len(dead)
        self.stdout.write(
            ngettext("%(count)d failed task.", "%(count)d failed tasks.", number) % {"count": number}
        )
