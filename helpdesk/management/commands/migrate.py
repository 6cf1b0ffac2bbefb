"""Django's own, which also says what to do with a database it cannot upgrade."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from helpdesk.db.upgrades import refuse_old_database


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        # Before the checks, which know today's tables.
        refuse_old_database(connections[options["database"]])
        return super().execute(*args, **options)
