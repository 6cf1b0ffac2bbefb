"""Developers ask how long the console's pages take with a full help desk, what open pages and pictures cost,
and what becomes of mail when workers are killed.
"""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.management.base import BaseCommand
from helpdesk.text.numbers import in_digits
from tickets.benchmarks import pictures as sent_pictures
from tickets.benchmarks import streams as open_streams
from tickets.benchmarks import texts as worst_texts
from tickets.benchmarks import worker_crashes
from tickets.benchmarks.dataset import make_conversation, make_people, make_tickets
from tickets.benchmarks.pages import MOST_QUERIES, MOST_TIMES_BARE, Measured, measure
from tickets.demo import seed
from tickets.demo.seed import Contents
from tickets.text.validators import TEXT_LENGTH

MOST_STREAMS, MOST_MAILS, MOST_PICTURES = 2000, 100_000, 50


class Command(BaseCommand):
    help = _(
        "Measures the console's pages with many tickets, beside a bare page; or, with --streams, what so many "
        "open pages cost the server and how soon they hear of an event (Linux only); or, with --crashes, what "
        "becomes of mail when workers are killed so often; or, with --pictures, what so many large pictures sent "
        "at once cost the server (Linux only); or, with --texts, how long the worst texts take to be drawn. "
        "With SQLite in a database of "
        "its own that is thrown away; elsewhere in the configured database, which has to be empty and is of "
        "no other use afterwards. Refused in production mode."
    )
    # The scratch database gets its migrations below.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tickets", type=int, default=10_000, help=gettext("How many (default: %(default)s).")
        )
        parser.add_argument(
            "--events",
            type=int,
            default=200,
            help=gettext("Of the ticket whose page is measured (default: %(default)s)."),
        )
        parser.add_argument(
            "--runs",
            type=int,
            default=40,
            help=gettext("How often each page is asked (default: %(default)s)."),
        )

        parser.add_argument(
            "--streams",
            type=int,
            default=0,
            help=gettext("Measure so many open streams instead, %(most)d at most.") % {"most": MOST_STREAMS},
        )
        parser.add_argument(
            "--idle",
            type=int,
            default=30,
            help=gettext("For how many seconds they are watched idle, 300 at most (default: %(default)s)."),
        )

        parser.add_argument(
            "--crashes",
            type=int,
            default=0,
            help=gettext("Kill workers so often at mails instead, and count those."),
        )
        parser.add_argument(
            "--mails", type=int, default=1000, help=gettext("How many they deliver (default: %(default)s).")
        )

        parser.add_argument(
            "--pictures",
            type=int,
            default=0,
            help=gettext("Send so many large pictures at once instead, %(most)d at most.")
            % {"most": MOST_PICTURES},
        )

        parser.add_argument(
            "--texts", action="store_true", help=gettext("Draw texts instead, without a database.")
        )

    def handle(
        self,
        *,
        tickets: int,
        events: int,
        runs: int,
        streams: int,
        idle: int,
        crashes: int,
        mails: int,
        pictures: int,
        texts: bool,
        **options: Any,
    ) -> None:
        if not settings.DEMO:
            raise CommandError(
                gettext("It fills a database with invented people: it needs HELPDESK_MODE=demo.")
            )
        if min(tickets, events, runs) < 1:
            raise CommandError(gettext("--tickets, --events and --runs are at least 1."))
        if not (0 <= streams <= MOST_STREAMS and 1 <= idle <= 300):
            raise CommandError(
                gettext("--streams is at most %(most)d and --idle 1 to 300.") % {"most": MOST_STREAMS}
            )
        if not 0 <= crashes < mails <= MOST_MAILS:
            raise CommandError(
                gettext("--mails is at most %(most)d and --crashes fewer.") % {"most": MOST_MAILS}
            )
        if not 0 <= pictures <= MOST_PICTURES:
            raise CommandError(gettext("--pictures is at most %(most)d.") % {"most": MOST_PICTURES})
        if texts:
            self._benchmark_texts()
            return
        with _scratch_database():
            if pictures:
                self._tell(sent_pictures.measure(pictures))
                self.stdout.write(
                    ngettext(
                        "%(count)d picture, %(database)s.", "%(count)d pictures, %(database)s.", pictures
                    )
                    % {"count": pictures, "database": connection.vendor}
                )
            elif streams:
                self._benchmark_streams(streams, idle)
            elif crashes:
                self._benchmark_crashes(mails, crashes)
            else:
                self._benchmark(tickets, events, runs)

    def _benchmark_texts(self) -> None:
        drawn = worst_texts.measure()
        rows = [f"| {one.text!r} ... | {one.milliseconds:.0f} ms |" for one in drawn[:8]]
        self.stdout.write("\n".join(["| text | processor |", "|---|---|", *rows]))
        over = sum(one.milliseconds > worst_texts.MOST_MILLISECONDS for one in drawn)
        self.stdout.write(
            gettext(
                "The slowest of %(texts)d texts of %(characters)s characters at most. Target: %(most)d ms; "
                "%(over)d over it."
            )
            % {
                "texts": len(drawn),
                "characters": in_digits(TEXT_LENGTH),
                "most": worst_texts.MOST_MILLISECONDS,
                "over": over,
            }
        )

    def _benchmark_streams(self, number: int, idle: int) -> None:
        self._tell(open_streams.measure(number, idle, self.stdout.write))
        self.stdout.write(
            ngettext("%(count)s stream, %(database)s.", "%(count)s streams, %(database)s.", number)
            % {"count": in_digits(number), "database": connection.vendor}
        )

    def _tell(self, measured: list[open_streams.Measured]) -> None:
        rows = [f"| {m.what} | {m.value:.1f} {m.unit} | {m.target} |" for m in measured]
        table = ["| what | measured | target |", "|---|---|---|", *rows]
        self.stdout.write("\n" + "\n".join(table))
        if over := [m.what for m in measured if not m.is_within_target]:
            self.stdout.write(gettext("Missed: %(targets)s.") % {"targets": ", ".join(over)})

    def _benchmark_crashes(self, mails: int, crashes: int) -> None:
        with TemporaryDirectory() as folder:
            env = {**os.environ, "DATABASE_URL": worker_crashes.database_url()}
            outcome = worker_crashes.run(mails, crashes, Path(folder), env)
        rows = [f"| {name.replace('_', ' ')} | {value:g} |" for name, value in asdict(outcome).items()]
        self.stdout.write("\n".join(["| what | number |", "|---|---|", *rows]))
        self.stdout.write(
            gettext("%(mails)s mails, %(workers)d workers, %(database)s.")
            % {
                "mails": in_digits(mails),
                "workers": worker_crashes.WORKERS,
                "database": connection.vendor,
            }
        )

    def _benchmark(self, tickets: int, events: int, runs: int) -> None:
        started_at = monotonic()
        requesters, admins = make_people()
        # By the verbs first: what comes in bulk is numbered by itself.
        story = make_conversation(requesters[0], admins[0], events)
        make_tickets(tickets, requesters, admins, timezone.now())
        if connection.vendor == "postgresql":
            # As its own autovacuum does within a minute.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.stdout.write(
            gettext("Made %(tickets)s tickets in %(seconds).0f seconds.")
            % {"tickets": in_digits(tickets), "seconds": monotonic() - started_at}
        )
        measured = measure(admins[0], story, runs)
        self.stdout.write(f"\n{_table(measured)}\n")
        self.stdout.write(
            gettext(
                "Target: at most %(queries)s queries and %(pages)s bare pages. Median of %(runs)d runs, %(database)s."
            )
            % {
                "queries": MOST_QUERIES,
                "pages": MOST_TIMES_BARE,
                "runs": runs,
                "database": connection.vendor,
            }
        )
        over = [row.page for row in measured if not row.is_within_target]
        if over:
            self.stdout.write(gettext("Over it: %(pages)s.") % {"pages": ", ".join(over)})


def _table(measured: list[Measured]) -> str:
    rows = [f"| {m.page} | {m.milliseconds:.1f} ms | {m.times_bare:.1f} | {m.queries} |" for m in measured]
    return "\n".join(["| page | server time | bare pages | queries |", "|---|---|---|---|", *rows])


@contextmanager
def _scratch_database() -> Iterator[None]:
    """Work in an empty database of our own; refuse one that holds anything."""
    if connection.vendor != "sqlite":
        call_command("migrate", verbosity=0)
        if seed.contents() != Contents.NOTHING:
            raise CommandError(gettext("This database holds people or tickets. Name an empty one."))
        yield
        return
    configured = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        connection.close()
        connection.settings_dict["NAME"] = Path(folder) / "benchmark.sqlite3"
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = configured
