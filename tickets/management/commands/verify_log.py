"""Operators ask whether the log is as it was written."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.triggers import missing_triggers
from helpdesk.management.base import BaseCommand
from helpdesk.models import AuditEvent
from helpdesk.text.numbers import in_digits
from tickets.integrity.verify import LogVerifier, Tampered
from tickets.models import TicketEvent


class Command(BaseCommand):
    help = _(
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
            help=gettext(
                "An end noted at an earlier run; it must still be in the log. May be given more than once."
            ),
        )

        parser.add_argument(
            "--without-files",
            action="store_true",
            help=gettext("Leave out the files people sent along: reading them all takes long."),
        )

    def handle(self, *, expect: list[str], without_files: bool, verbosity: int, **options: Any) -> None:
        for wanted in expect:
            if not re.fullmatch("[0-9a-f]{64}", wanted):
                raise CommandError(
                    gettext("%(text)s is not a hash: 64 digits of 0 to 9 and a to f.")
                    % {"text": repr(wanted)}
                )
        check, told = LogVerifier(with_files=not without_files), 0
        try:
            for rows in check.run():
                if verbosity and rows - told >= 50_000:
                    told = rows
                    self.stderr.write(
                        ngettext("%(count)s row read ...", "%(count)s rows read ...", rows)
                        % {"count": in_digits(rows)}
                    )
        except Tampered as found:
            raise CommandError(gettext("%(finding)s.") % {"finding": found}) from found
        for wanted in expect:
            known = TicketEvent.objects.filter(hash=wanted).exists()
            if not known and not AuditEvent.objects.filter(hash=wanted).exists():
                raise CommandError(
                    gettext("No row has the hash %(hash)s: the log was written anew.") % {"hash": wanted}
                )
        if missing := missing_triggers(connection):
            raise CommandError(
                gettext("The log is complete, but nothing guards it: %(triggers)s. Run migrate.")
                % {"triggers": ", ".join(missing)}
            )
        self.stdout.write(
            ngettext(
                "%(count)s row, none changed, removed or inserted.",
                "%(count)s rows, none changed, removed or inserted.",
                check.rows,
            )
            % {"count": in_digits(check.rows)}
        )
        if not without_files:
            self.stdout.write(
                ngettext(
                    "%(count)s file, each as it was sent.",
                    "%(count)s files, each as it was sent.",
                    check.files,
                )
                % {"count": in_digits(check.files)}
            )
        for chain, (length, end) in sorted(check.heads.items()):
            self.stdout.write(
                gettext("End of %(chain)s: %(length)s, %(end)s")
                % {"chain": chain, "length": in_digits(length), "end": end or gettext("empty")}
            )
