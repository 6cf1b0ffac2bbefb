"""Operators have later work tried again that came to nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from helpdesk.models import FailedTask


class Command(BaseCommand):
    help = _("Try given up mails and other later work again, from the first attempt.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", metavar="ID", help=gettext("As list_failed_tasks shows them."))
        parser.add_argument("--all", action="store_true", help=gettext("All of them."))

    def handle(self, *, ids: list[str], all: bool, **options: Any) -> None:
        if bool(ids) == all:
            raise CommandError(gettext("Name the ids list_failed_tasks shows, or --all."))
        retried = sum(task.retry(by=None) for task in self._meant(ids))
        self.stdout.write(
            ngettext(
                "%(count)d tried again, by the next free worker.",
                "%(count)d tried again, by the next free worker.",
                retried,
            )
            % {"count": retried}
        )

    def _meant(self, ids: list[str]) -> list[FailedTask]:
        if not ids:
            return list(FailedTask.objects.all())
        try:
            found = list(FailedTask.objects.filter(pk__in=ids))
        except ValidationError as error:
            raise CommandError(gettext("That is not an id: list_failed_tasks shows them.")) from error
        missing = set(ids) - {str(task.pk) for task in found}
        if missing:
            raise CommandError(gettext("No failed task: %(ids)s.") % {"ids": ", ".join(sorted(missing))})
        return found
