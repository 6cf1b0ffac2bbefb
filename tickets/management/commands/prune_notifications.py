"""Operators, and the worker once a day, remove what people were told long ago; the tickets' log stays."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tickets.models import Notification


class Command(BaseCommand):
    help = (
        "Remove notifications that were read three months ago or are a year old. What happened to the tickets "
        "stays in their log. The worker does it once a day."
    )

    def handle(self, **options: Any) -> None:
        number, _ = Notification.objects.outdated(timezone.now()).delete()
        self.stdout.write(f"Removed {number} {'notification' if number == 1 else 'notifications'}.")
