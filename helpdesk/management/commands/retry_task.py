"""Operators have later work tried again that came to nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.models import FailedTask


class Command(BaseCommand):
    help = "Try given up mails and other later work again, from the first attempt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", metavar="ID", help="As list_failed_tasks shows them.")
        parser.add_argument("--all", action="store_true", help="All of them.")

    def handle(self, *, ids: list[str], all: bool, **options: Any) -> None:
        if bool(ids) == all:
            raise CommandError("Name the ids list_failed_tasks shows, or --all.")
        retried = sum(task.retry(by=None) for task in self._meant(ids))
        self.stdout.write(f"{retried} tried again, by the next free worker.")

    def _meant(self, ids: list[str]) -> list[FailedTask]:
        if not ids:
            return list(FailedTask.objects.all())
        try:
            found = list(FailedTask.objects.filter(pk__in=ids))
        except ValidationError as error:
            raise CommandError("That is no id: list_failed_tasks shows them.") from error
        missing = set(ids) - {str(task.pk) for task in found}
        if missing:
            raise CommandError(f"No failed task: {', '.join(sorted(missing))}.")
        return found
