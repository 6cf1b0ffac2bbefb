"""The command: what it says, how it ends, how it is stopped."""

import io
import os
import re
import signal

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tickets.models import Ticket
from tickets.tests.database import checksum
from tickets.tests.factories import RequestTypeFactory
from tickets.tests.imports import INCIDENTS, SPREADSHEET


@pytest.fixture
def run(db):
    """Run the command and answer what it writes to stdout."""
    for name in ("Other", "Hardware Issue", "Network Issue", "Access Request"):
        RequestTypeFactory(name=name)

    def call(file=INCIDENTS, format="servicenow", **options):
        out = io.StringIO()
        call_command("import_tickets", str(file), format=format, stdout=out, **options)
        return out.getvalue()

    return call


class Terminal(io.StringIO):
    """Says that it is a terminal, and does something when it is first written to."""

    def __init__(self, at_first_write=lambda: None):
        super().__init__()
        self.at_first_write = at_first_write

    def isatty(self):
        return True

    def write(self, text):
        if not self.tell():
            self.at_first_write()
        return super().write(text)


def test_the_summary_says_what_went_in(run):
    said = run()

    assert "6 incidents read" in said
    assert "6 tickets made" in said
    assert "1 reopenings among them" in said
    assert Ticket.objects.count() == 6


def test_a_spreadsheet_goes_in_and_columns_nobody_reads_are_named(run):
    said = run(SPREADSHEET, "csv", time_zone="Europe/Berlin")

    assert "6 tickets made" in said
    assert "Columns not read: colour" in said


def test_refused_rows_are_listed_with_their_line(run, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_bytes(INCIDENTS.read_bytes().replace(b"Resolved,TRUE", b"Melted,TRUE", 1))

    said = run(broken)

    assert "1 rows refused" in said
    assert "Line 6: incident_state is unknown: 'Melted'." in said
    assert "5 tickets made" in said


def test_a_dry_run_says_so_and_changes_nothing(run):
    before = checksum()

    said = run(dry_run=True)

    assert "6 tickets that would be made" in said
    assert "nothing was changed" in said
    assert checksum() == before


def test_nobody_gets_a_mail(run):
    run()
    run(SPREADSHEET, "csv")

    assert mail.outbox == []


def test_progress_is_shown_on_a_terminal_only(run):
    terminal, pipe = Terminal(), io.StringIO()

    run(stderr=terminal)
    run(SPREADSHEET, "csv", stderr=pipe)

    assert "100 %" in terminal.getvalue()
    assert pipe.getvalue() == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_after_the_current_ticket(run, number):
    handler = signal.getsignal(number)
    terminal = Terminal(at_first_write=lambda: os.kill(os.getpid(), number))

    with pytest.raises(CommandError, match="Stopped as asked") as stopped:
        run(stderr=terminal)

    assert stopped.value.returncode == 128 + number
    assert Ticket.objects.count() == 1
    assert signal.getsignal(number) == handler
    assert "5 tickets made" in run()


@pytest.mark.parametrize(
    ("content", "options", "reason"),
    [
        (None, {}, "There is no file"),
        (b"", {}, "is empty"),
        (b"number,incident_state\n", {}, "has no column caller_id"),
        (b"number,\xff\n", {}, "not UTF-8"),
        (b"number,title\n", {"format": "csv"}, "has no column requester_email, created_at"),
        (b"number\n", {"time_zone": "Mars/Crater"}, "no time zone 'Mars/Crater'"),
        (b"number\n", {"time_zone": "../../etc/passwd"}, "no time zone"),
        (b"number\n", {"request_type": "Lunch"}, "no request type 'Lunch'. There are: "),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(run, tmp_path, content, options, reason):
    path = tmp_path / "table.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        run(path, **options)

    assert not Ticket.objects.exists()


def test_a_directory_is_refused(run, tmp_path):
    with pytest.raises(CommandError, match="is not a file"):
        run(tmp_path)


def test_the_help_documents_every_column(run, capsys):
    from tickets.imports import csv_tickets, servicenow_update

    with pytest.raises(SystemExit):
        call_command("import_tickets", "--help")

    said = capsys.readouterr().out
    for column in (*csv_tickets.REQUIRED, *csv_tickets.OPTIONAL):
        assert f" {column}" in said
    for column in (*servicenow_update.REQUIRED, *servicenow_update.OPTIONAL):
        assert re.search(rf"\b{column}\b", said)
    assert all(state in said for state in servicenow_update.STATES)
