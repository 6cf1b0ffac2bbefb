"""Bring tickets of another help desk in."""

import signal
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError, CommandParser, DjangoHelpFormatter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from helpdesk.text.folding import fold
from tickets.imports import csv_tickets, servicenow
from tickets.imports.csv_table import TableError
from tickets.imports.csv_tickets import TicketTable
from tickets.imports.importer import bring_in
from tickets.imports.servicenow import IncidentLog
from tickets.imports.vocabulary import Vocabulary
from tickets.models import RequestType

FORMATS = ("servicenow", "csv")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class HelpFormatter(RawDescriptionHelpFormatter, DjangoHelpFormatter):
    """Keeps the lines of the formats' descriptions."""


class Command(BaseCommand):
    help = _(
        "Brings tickets of another help desk in, with their history at its original moments. Each ticket "
        "goes in whole or not at all;\nthe same file again changes nothing; nobody gets a mail. "
        "Ctrl-C stops after the current ticket."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, formatter_class=HelpFormatter, **kwargs)
        formats = f"--format csv\n\n{csv_tickets.__doc__}\n--format servicenow\n\n{servicenow.__doc__}"
        parser.description = f"{parser.description}\n\n{formats}"
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help=gettext("What to read: UTF-8, one line of column names.")
        )
        parser.add_argument(
            "--format", required=True, choices=FORMATS, help=gettext("What the columns mean.")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("Say what would happen and change nothing.")
        )
        parser.add_argument(
            "--time-zone",
            default=settings.TIME_ZONE,
            metavar="ZONE",
            help=gettext(
                "Of moments that name none, such as Europe/Berlin (default: %(default)s, the server's)."
            ),
        )
        parser.add_argument(
            "--request-type",
            default="Other",
            metavar="NAME",
            help=gettext("Of tickets that name none (default: Other)."),
        )
        parser.add_argument(
            "--map-column",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help=gettext(
                'What a column of a table is called here: "Ticket type=request_type". Once for each.'
            ),
        )
        parser.add_argument(
            "--map-type",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help=gettext(
                'What a request type is called here: "Technical issue=Software Issue". Once for each.'
            ),
        )
        parser.add_argument(
            "--make-types", action="store_true", help=gettext("Make the request types that are not here.")
        )
        parser.add_argument(
            "--map-status",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help=gettext(
                'What a status, or a state of a log, is called here: "Pending=On Hold". Once for each.'
            ),
        )

    def handle(self, *, file: Path, format: str, dry_run: bool, **options: Any) -> None:
        zone, request_type = _zone(options["time_zone"]), _request_type(options["request_type"])
        try:
            source = _source(file, format, request_type, zone, options)
        except TableError as error:
            raise CommandError(str(error)) from error
        if format != "csv" and (unknown := source.unknown_words()):
            self.stderr.write(unknown)
        with closing(source.table), _stop_asked() as signals:
            report = bring_in(
                iter(source),
                dry_run=dry_run,
                should_stop=lambda: bool(signals),
                on_progress=Progress(self.stderr, source).show,
            )
        if format == "csv" and source.table.unused_columns:
            self.stdout.write(
                gettext("Columns not read: %(columns)s") % {"columns": ", ".join(source.table.unused_columns)}
            )
        self.stdout.write(report.as_text(read=source.read_label, dry_run=dry_run))
        if dry_run:
            self.stdout.write(gettext("This was a dry run: nothing was changed."))
        if report.stopped:
            raise CommandError(
                gettext("Stopped as asked. What is in stays; the same command goes on with the rest."),
                returncode=128 + signals[0],
            )


def _source(
    file: Path, format: str, request_type: RequestType, zone: ZoneInfo, options: dict[str, Any]
) -> IncidentLog | TicketTable:
    """Open the file. Raises TableError, and CommandError for names that mean nothing here."""
    if format != "csv":
        if options["map_type"] or options["make_types"] or options["map_column"]:
            raise CommandError(
                gettext(
                    "--map-type, --make-types and --map-column are of --format csv: a log names no request types, "
                    "and its columns are known."
                )
            )
        return IncidentLog(file, request_type, zone, options["map_status"])
    vocabulary = Vocabulary(options["map_type"], options["map_status"], makes_types=options["make_types"])
    table = TicketTable(file, request_type, zone, vocabulary, options["map_column"])
    if unknown := table.unknown_words():
        table.table.close()
        raise CommandError(f"{unknown}\n" + gettext("Nothing was brought in."))
    return table


class Progress:
    """A line on a terminal that says how much of the file is read; nothing elsewhere."""

    def __init__(self, out: Any, source: IncidentLog | TicketTable) -> None:
        self._out, self._source = out, source
        self._shown = -1

    def show(self) -> None:
        percent = 100 * self._source.table.position // self._source.table.size
        if percent == self._shown or not self._out.isatty():
            return
        self._shown = percent
        bar = "#" * (percent // 4)
        end = "\n" if percent == 100 else ""
        self._out.write(f"\r[{bar:<25}] {percent:>3} %", style_func=str, ending=end)
        self._out.flush()


@contextmanager
def _stop_asked() -> Iterator[list[int]]:
    """Answer a list that fills with the signals that ask to stop."""
    signals: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        signals.append(number)

    before = {number: signal.signal(number, note) for number in STOP_SIGNALS}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CommandError(
            gettext("There is no time zone %(name)s. Name one such as Europe/Berlin.") % {"name": repr(name)}
        ) from error


def _request_type(name: str) -> RequestType:
    known_types = RequestType.objects.all()
    request_type = next((kind for kind in known_types if fold(kind.name) == fold(name)), None)
    if request_type is None:
        known = ", ".join(kind.name for kind in known_types)
        raise CommandError(
            gettext("There is no request type %(name)s. There are: %(known)s.")
            % {"name": repr(name), "known": known}
        )
    return request_type
