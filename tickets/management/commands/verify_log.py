"""Operators ask whether the log is as it was written."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from helpdesk.db.triggers import missing_triggers
from helpdesk.models import AuditEvent
from tickets.integrity.verify import LogVerifier, Tampered
from tickets.models import TicketEvent


class Command(BaseCommand):
    help = (
        "Read the whole history of tickets and accounts and name the first row that was changed, removed or "
        "inserted, or the first file that was sent along and is missing or changed. Exit code 1 if there is "
        "one. Note the two ends it prints: only with one kept elsewhere can be told whether everything was "
        "written anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="HASH",
            help="An end noted at an earlier run; it must still be in the log. May be given more than once.",
        )

        parser.add_argument(
            "--without-files",
            action="store_true",
            help="Leave out the files people sent along: reading them all takes long.",
        )

    def handle(self, *, expect: list[str], without_files: bool, verbosity: int, **options: Any) -> None:
        for wanted in expect:
            if not re.fullmatch("[0-9a-f]{64}", wanted):
                raise CommandError(f"{wanted!r} is not a hash: 64 digits of 0 to 9 and a to f.")
        check, told = LogVerifier(with_files=not without_files), 0
        try:
            for rows in check.run():
                if verbosity and rows - told >= 50_000:
                    told = rows
                    self.stderr.write(f"{rows:,} rows read ...")
        except Tampered as found:
            raise CommandError(f"{found}.") from found
        for wanted in expect:
            known = TicketEvent.objects.filter(hash=wanted).exists()
            if not known and not AuditEvent.objects.filter(hash=wanted).exists():
                raise CommandError(f"No row has the hash {wanted}: the log was written anew.")
        if missing := missing_triggers(connection):
            raise CommandError(f"The log is whole, but nothing guards it: {', '.join(missing)}. Run migrate.")
        self.stdout.write(f"{check.rows:,} rows, none changed, removed or inserted.")
        if not without_files:
            self.stdout.write(f"{check.files:,} files, each as it was sent.")
        for chain, (length, end) in sorted(check.heads.items()):
            self.stdout.write(f"End of {chain}: {length:,}, {end or 'empty'}")
