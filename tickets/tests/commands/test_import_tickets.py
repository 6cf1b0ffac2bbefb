"""The command: what it says, how it ends, how it is stopped."""

import io
import os
import re
import signal

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tickets.models import RequestType, Ticket
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


@pytest.fixture
def foreign(tmp_path):
    """A table of another help desk: 60 tickets of three types, two of them unknown here, and two statuses."""
    path = tmp_path / "foreign.csv"
    rows = [
        f"{number},Help,a.b@example.org,2026-03-01 9:30,{kind},{status}"
        for number, (kind, status) in enumerate(
            [("Technical issue", "Open"), ("Refund request", "Pending"), ("hardware ISSUE", "Open")] * 20
        )
    ]
    path.write_text("\n".join(["number,title,requester_email,created_at,request_type,status", *rows]))
    return path


def test_names_that_are_not_here_are_told_before_anything_goes_in(run, foreign):
    before = checksum()

    for options in ({}, {"dry_run": True}):
        with pytest.raises(CommandError) as told:
            run(foreign, "csv", **options)

        assert str(told.value).splitlines() == [
            "No request type here has one of these names:",
            "       20 rows: Technical issue",
            "       20 rows: Refund request",
            'Say what each is here, such as --map-type "Technical issue=Other", or make them all with --make-types.',
            f"There are: {', '.join(map(str, RequestType.objects.all()))}.",
            "No status here has one of these names:",
            "       20 rows: Pending",
            'Say what each is here, such as --map-status "Pending=On Hold".',
            "There are: Open, In Progress, On Hold, Resolved, Closed.",
            "Nothing was brought in.",
        ]
    assert checksum() == before


def test_names_are_explained_one_by_one(run, foreign):
    said = run(
        foreign,
        "csv",
        map_type=["Technical issue=Network Issue", "refund request=Other"],
        map_status=["Pending=On Hold"],
    )

    assert "60 tickets made" in said
    assert Ticket.objects.filter(request_type__name="Network Issue").count() == 20
    assert Ticket.objects.filter(request_type__name="Other", status="on_hold").count() == 20


@pytest.mark.parametrize("name", ["GERÄT", "Gera\u0308t", "gerat"], ids=ascii)
def test_a_request_type_is_known_in_any_spelling(run, tmp_path, name):
    RequestType.objects.create(name="Gerät")
    table = tmp_path / "table.csv"
    table.write_text(
        f"number,title,requester_email,created_at,request_type\n1,Help,a@example.org,2026-03-01 9:30,{name}\n"
        "2,Help,a@example.org,2026-03-01 9:30,\n"
    )

    assert "2 tickets made" in run(table, "csv", request_type=name)
    assert Ticket.objects.filter(request_type__name="Gerät").count() == 2


def test_columns_are_explained_one_by_one(run, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "Key,Subject,Title,Reporter,Created time\nIT-1,Printer jams,Ms,anna@example.com,2026-03-01\n"
    )

    said = run(path, "csv", map_column=["Key=number", "subject=title", "Reporter=requester_email"])

    assert "Columns not read: their_title" in said
    assert Ticket.objects.get().title == "Printer jams"


def test_request_types_are_made_where_asked_for(run, foreign):
    before = checksum()
    options = {"make_types": True, "map_status": ["Pending=On Hold"]}

    assert "60 tickets that would be made" in run(foreign, "csv", dry_run=True, **options)
    assert checksum() == before
    assert "60 tickets made" in run(foreign, "csv", **options)
    assert Ticket.objects.filter(request_type__name="Refund request").count() == 20


def test_a_name_too_long_for_a_request_type_is_told_though_types_are_made(run, foreign):
    foreign.write_text(foreign.read_text().replace("Refund request", "R" * 61))

    with pytest.raises(
        CommandError, match=r"20 rows: R{61}\nSay what each is here, such as --map-type .*Other\"\."
    ):
        run(foreign, "csv", make_types=True, map_status=["Pending=On Hold"])


def test_rows_refused_for_one_reason_are_counted_and_shown_by_example(run, tmp_path):
    path = tmp_path / "broken.csv"
    rows = [f"{number},Help,a.b@example.org,0{number % 9}/03/2026" for number in range(3000)]
    rows += ["a,,a.b@example.org,2026-03-01", "b,Fine,a.b@example.org,2026-03-01"]
    path.write_text("\n".join(["number,title,requester_email,created_at", *rows]))

    said = run(path, "csv").splitlines()

    assert "        1 tickets made" in said
    assert "    3,001 rows refused" in said
    assert said[said.index("3,000 rows were refused like these:") :] == [
        "3,000 rows were refused like these:",
        *(
            f"    Line {number + 2}: created_at is no moment like 2026-03-01 09:30: '0{number}/03/2026'."
            for number in range(5)
        ),
        "Line 3002: title: This field cannot be blank. description: This field cannot be blank.",
    ]


def test_states_of_a_log_that_are_not_known_are_told_first_and_can_be_explained(run, tmp_path):
    path = tmp_path / "own_states.csv"
    path.write_bytes(INCIDENTS.read_bytes().replace(b"Awaiting User Info", b"Awaiting Approval"))
    told = io.StringIO()

    said = run(path, stderr=told)

    assert [line.strip() for line in told.getvalue().splitlines()[:3]] == [
        "No state here has one of these names:",
        "2 rows: Awaiting Approval",
        "Incidents with one of them are left out, unless you say what each is, such as "
        '--map-status "Awaiting Approval=On Hold".',
    ]
    assert "4 tickets made" in said
    assert "2 tickets made" in run(path, map_status=["awaiting approval=Awaiting User Info"])


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
        (b"number\n", {"format": "csv", "map_type": ["Lunch"]}, "--map-type needs both names"),
        (b"number\n", {"format": "csv", "map_type": ["a=Lunch"]}, "no request type 'Lunch'. There are: "),
        (b"number\n", {"format": "csv", "map_status": ["a=Lunch"]}, "no status 'Lunch'. There are: Open"),
        (b"number\n", {"map_status": ["a=Lunch"]}, "no state 'Lunch'. There are: New"),
        (b"number\n", {"make_types": True}, "are of --format csv"),
        (b"number\n", {"map_column": ["a=title"]}, "are of --format csv"),
        (b"number\n", {"format": "csv", "map_column": ["a=Lunch"]}, "no column 'lunch'. There are: number"),
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
