"""What a spreadsheet of another help desk becomes: data/spreadsheet.csv, and rows changed in one cell."""

import csv
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.models import User
from accounts.tests.factories import AdminFactory
from tickets.events import Kind
from tickets.imports.csv_tickets import TicketTable
from tickets.imports.importer import bring_in
from tickets.imports.vocabulary import Vocabulary
from tickets.models import Feedback, HoldReason, RequestType, Status, Ticket
from tickets.tests.database import checksum
from tickets.tests.factories import RequestTypeFactory
from tickets.tests.history import assert_history_tells_every_row
from tickets.tests.imports import SPREADSHEET

ROW = {
    "number": "7",
    "title": "Printer jams",
    "requester_email": "anna.berg@example.org",
    "created_at": "2026-03-02 09:30",
    "status": "Closed",
    "closed_at": "2026-03-04 10:00",
    "resolved_at": "2026-03-03 10:00",
    "rating": "4",
}


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(datetime(2026, 6, 1, 12, 0, tzinfo=UTC), tick=False)


@pytest.fixture
def bring(db):
    """Import a table and answer the report."""
    for name in ("Other", "Hardware Issue", "Network Issue", "Access Request"):
        RequestTypeFactory(name=name)

    def bring_file(path=SPREADSHEET, vocabulary=None, **options):
        table = TicketTable(
            path, RequestType.objects.get(name="Other"), ZoneInfo("Europe/Berlin"), vocabulary
        )
        report = bring_in(iter(table), **options)
        table.table.close()
        return report

    return bring_file


@pytest.fixture
def bring_row(bring, tmp_path):
    """Import one row: ROW with some cells changed."""

    def bring_changed(vocabulary=None, **cells):
        path = tmp_path / "row.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=(ROW | cells).keys())
            writer.writeheader()
            writer.writerow(ROW | cells)
        return bring(path, vocabulary)

    return bring_changed


@pytest.fixture
def ada(db):
    return AdminFactory(email="ada@example.com")


def ticket(number):
    return Ticket.objects.get(submission_key=f"csv:{number}")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_everything_in_the_sample_goes_in(bring, ada):
    report = bring()

    assert (report.read, report.made, report.rows_refused) == (6, 6, 0)
    assert report.people == 5
    assert [t.status for t in Ticket.objects.order_by("pk")] == [
        Status.OPEN,
        Status.IN_PROGRESS,
        Status.ON_HOLD,
        Status.RESOLVED,
        Status.CLOSED,
        Status.CLOSED,
    ]
    assert_history_tells_every_row()


def test_texts_types_and_moments_are_what_the_cells_say(bring, ada):
    bring()

    jam, wifi, folder = ticket(101), ticket(102), ticket(103)
    assert jam.description == 'It jams\non every second page; "PC load letter"'
    assert (jam.request_type.name, jam.created_at) == ("Hardware Issue", utc(2026, 3, 2, 8, 30))
    assert (str(wifi.requester), wifi.created_at) == ("Bela Csonka", utc(2026, 3, 2, 9, 0))
    assert (wifi.assignee, wifi.updated_at) == (ada, utc(2026, 3, 2, 10, 0))
    assert (folder.request_type.name, folder.description) == ("Access Request", "Which folder?")
    assert folder.hold_reason == HoldReason.SCHEDULED
    assert ticket(104).request_type.name == "Other"


def test_a_rating_and_a_resolution_are_kept(bring, ada):
    bring()

    laptop = ticket(105)
    assert (laptop.score, laptop.closed_at) == (5, utc(2026, 3, 7, 8, 0))
    assert Feedback.objects.get().comment == "Fast again, thank you!"
    assert laptop.events.get(kind=Kind.RESOLVED).text == "New disk."
    assert ticket(106).resolved_at == ticket(106).closed_at == utc(2026, 3, 7, 9, 0)


def test_people_without_an_account_get_one_of_role_user(bring, ada):
    bring()

    for email in ("anna.berg@example.org", "left.long.ago@example.org"):
        person = User.objects.get(email=email)
        assert person.is_active
        assert not person.has_usable_password()
        assert not person.is_staff


def test_somebody_who_was_imported_gets_in_by_a_forgotten_password(bring, ada, client):
    bring()

    client.post("/auth/password/reset/", {"email": "anna.berg@example.org"})

    assert [message.to for message in mail.outbox] == [["anna.berg@example.org"]]


def test_finished_tickets_of_nobody_have_an_unknown_inactive_assignee(bring, ada):
    bring()

    assignee = ticket(104).assignee
    assert (str(assignee), assignee.is_active) == ("Unknown Assignee", False)


def test_the_same_file_twice_changes_nothing(bring, ada):
    bring()
    before = checksum()

    report = bring()

    assert (report.made, report.already_there) == (0, 6)
    assert checksum() == before


def test_a_dry_run_changes_nothing(bring, ada):
    before = checksum()

    assert bring(dry_run=True).made == 6

    assert checksum() == before


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"number": ""}, "number is empty"),
        ({"number": "9" * 81}, "number is empty or longer"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "\u202eevil"}, "title: Write one line"),
        ({"title": "\x1b[31mred"}, "title: Write one line"),
        ({"title": "\u200b"}, "title: Write something that can be read"),
        ({"description": "x" * 20_001}, "description"),
        ({"request_type": "Lunch"}, "no request type 'Lunch'"),
        ({"requester_email": "anna"}, "email"),
        ({"requester_email": ""}, "email"),
        ({"created_at": ""}, "created_at is empty"),
        ({"created_at": "02/03/2026"}, "created_at is no moment"),
        ({"created_at": "0001-01-01"}, "created_at is no moment"),
        ({"closed_at": "2999-01-01"}, "closed_at is in the future"),
        ({"resolved_at": "2026-03-01"}, "resolved_at is before created_at"),
        ({"closed_at": "2026-03-02 12:00"}, "closed_at is before resolved_at"),
        ({"closed_at": "", "resolved_at": ""}, "resolved_at is empty"),
        ({"status": "Done"}, "status is unknown: 'Done'. Known: Open, In Progress"),
        ({"status": "On Hold", "rating": "", "hold_reason": "lunch"}, "hold_reason is unknown"),
        ({"rating": "6"}, "rating is not a number from 1 to 5"),
        ({"rating": "4.5"}, "rating is not"),
        ({"status": "Resolved"}, "A rated ticket is Closed"),
        ({"resolution": "x" * 20_001}, "20000"),
        ({"assignee_email": "nobody"}, "email"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line_and_leaves_nothing(bring_row, cells, reason):
    report = bring_row(**cells)

    assert [error.line for error in report.reasons] == [2]
    assert reason in report.reasons[0].reason
    assert not Ticket.objects.exists()
    assert not User.objects.exists()


def test_a_table_as_a_spreadsheet_leaves_it_goes_in(bring, tmp_path):
    path = tmp_path / "spreadsheet.csv"
    path.write_bytes(
        b"sep=;\r\nnumber;title;requester_email;created_at;status;resolved_at;resolution\r\n"
        b"1;Short;a.b@example.org;2026-03-01 9:30\r\n;;;;;;\r\n"
        b"2;Solved;a.b@example.org;2026-3-1 9:30;Resolved;2026/3/2 10:00;Done.;;;\r\n;;;;;;;;;\r\n"
    )

    report = bring(path)

    assert (report.made, report.rows_refused) == (2, 0)
    assert ticket(1).created_at == ticket(2).created_at == utc(2026, 3, 1, 8, 30)
    assert ticket(2).resolved_at == utc(2026, 3, 2, 9, 0)


def test_a_cell_of_many_short_lines_is_one_text(bring_row):
    text = "\n".join(["a line"] * 1500)

    assert bring_row(description=text).rows_refused == 0

    assert ticket(7).description == text


@pytest.mark.parametrize(
    ("cells", "resolved", "closed"),
    [
        ({"resolved_at": "2025-10-26 02:10"}, utc(2025, 10, 26, 1, 10), utc(2026, 3, 4, 9, 0)),
        (
            {"resolved_at": "2025-10-26 02:55", "closed_at": "2025-10-26 02:10"},
            utc(2025, 10, 26, 0, 55),
            utc(2025, 10, 26, 1, 10),
        ),
        (
            {"resolved_at": "2025-10-26 02:10", "closed_at": "2025-10-26 02:20"},
            utc(2025, 10, 26, 1, 10),
            utc(2025, 10, 26, 1, 20),
        ),
        ({"resolved_at": "", "closed_at": "2025-10-26 02:10"}, *[utc(2025, 10, 26, 1, 10)] * 2),
    ],
)
def test_an_hour_that_clocks_show_twice_is_the_one_that_fits(bring_row, cells, resolved, closed):
    report = bring_row(created_at="2025-10-26 02:50", **cells)

    assert [error.reason for error in report.reasons] == []
    assert ticket(7).created_at == utc(2025, 10, 26, 0, 50)
    assert (ticket(7).resolved_at, ticket(7).closed_at) == (resolved, closed)


def test_an_unsolved_ticket_in_the_hour_shown_twice(bring_row):
    bring_row(created_at="2025-10-26 02:50", status="In Progress", updated_at="2025-10-26 02:10", rating="")

    assert ticket(7).updated_at == utc(2025, 10, 26, 1, 10)


def test_names_of_another_help_desk_are_taken_for_those_they_stand_for(bring_row):
    RequestTypeFactory(name="Software Issue")
    vocabulary = Vocabulary(["technical ISSUE = software issue"], ["Solved for good=Closed"])

    report = bring_row(vocabulary, request_type="Technical  Issue", status="solved for good")

    assert report.made == 1
    assert (ticket(7).request_type.name, ticket(7).status) == ("Software Issue", Status.CLOSED)


def test_request_types_that_are_not_there_are_made(bring_row):
    vocabulary = Vocabulary(makes_types=True)

    bring_row(vocabulary, request_type="Billing inquiry")
    bring_row(vocabulary, request_type="BILLING inquiry", number="8")
    bring_row(Vocabulary(["Refund=Money back"], makes_types=True), request_type="Refund", number="9")

    assert [ticket(number).request_type.name for number in (7, 8, 9)] == [
        "Billing inquiry",
        "Billing inquiry",
        "Money back",
    ]


def test_a_ticket_that_is_refused_takes_the_request_type_made_for_it_along(bring_row):
    vocabulary = Vocabulary(makes_types=True)

    assert bring_row(vocabulary, request_type="Lunch", title="").rows_refused == 1
    assert not RequestType.objects.filter(name="Lunch").exists()
    assert bring_row(vocabulary, request_type="Lunch").made == 1


def test_a_title_of_two_lines_becomes_one(bring_row):
    bring_row(title="Printer\njams")

    assert ticket(7).title == "Printer jams"


def test_a_number_that_comes_twice_is_reported(bring, tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text(
        "number,title,requester_email,created_at\n"
        "1,One,a.b@example.org,2026-03-02\n1,Two,a.b@example.org,2026-03-02\n"
    )

    report = bring(path)

    assert [(error.line, error.reason) for error in report.reasons] == [(3, "number 1 is on line 2 already.")]
    assert ticket(1).title == "One"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "‮evil‬ 👩‍💻 Ω≈ç", "'; DROP TABLE tickets;--", "=1+1"]
)
def test_strange_texts_come_through_as_they_are(bring_row, text):
    bring_row(description=text, resolution=text, rating_comment=text)

    assert ticket(7).description == text
    assert Feedback.objects.get().comment == text


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "=?utf-8?q?x?= 👩‍💻 Ω≈ç", "=1+1"])
def test_strange_titles_come_through_as_they_are(bring_row, title):
    bring_row(title=title)

    assert ticket(7).title == title


EXPORTS = {
    "Zendesk": (
        "ID,Requester,Requester id,Requester email,Submitter,Subject,Status,Created at,Updated at,Solved at\n"
        "7,Anna Berg,1,anna.berg@example.org,Anna Berg,Printer jams,Closed,2026-03-02 09:30,"
        "2026-03-03 10:00,2026-03-03 10:00\n"
    ),
    "Freshdesk": (
        "Ticket ID,Subject,Status,Agent,Created time,Resolved time,Closed time,Full name,Email\n"
        "7,Printer jams,Closed,Bob,2026-03-02 09:30:00,2026-03-03 10:00:00,"
        "2026-03-03 10:00:00,Anna Berg,anna.berg@example.org\n"
    ),
    "Jira": (
        "Summary,Issue key,Issue id,Status,Created,Updated,Resolved,Requester,Comment,Comment\n"
        "Printer jams,7,1,Closed,02/Mar/26 9:30 AM,03/Mar/26 10:00 AM,03/Mar/26 10:00 AM,anna.berg@example.org,a,b\n"
    ),
    "osTicket": (
        '"Ticket Number","Date Created","Subject","From","From Email","Current Status","Last Updated","Closed"\n'
        '"7","2026-03-02 09:30:00","Printer jams","Anna Berg","anna.berg@example.org","Closed",'
        '"2026-03-03 10:00:00","2026-03-03 10:00:00"\n'
    ),
    "Zammad": (
        "id,number,title,state,requester,created_at,close_at\n"
        "1,7,Printer jams,closed,Anna Berg <anna.berg@example.org>,2026-03-02 08:30:00 UTC,2026-03-03 09:00:00 UTC\n"
    ),
    "GLPI": (
        '"ID";"Title";"Status";"Last update";"Opening date";"Closing date";"Requester";\n'
        '"7";"Printer jams";"Closed";"2026-03-03 10:00";"2026-03-02 09:30";"2026-03-03 10:00";'
        '"anna.berg@example.org";\n'
    ),
}


@pytest.mark.parametrize("peer", EXPORTS)
def test_an_export_of_another_help_desk_goes_in_as_it_is(bring, tmp_path, peer):
    path = tmp_path / "export.csv"
    path.write_text(EXPORTS[peer])

    bring(path)

    told = ticket(7)
    assert (told.title, told.status, told.requester.email) == (
        "Printer jams",
        Status.CLOSED,
        "anna.berg@example.org",
    )
    assert (told.created_at, told.closed_at) == (utc(2026, 3, 2, 8, 30), utc(2026, 3, 3, 9, 0))


@pytest.mark.parametrize(
    "typed", ["Anna Berg <Anna.Berg@example.org>", "mailto:anna.berg@example.org", "anna.berg@example.org;"]
)
def test_an_address_with_a_name_beside_it_is_that_address(bring_row, typed):
    bring_row(requester_email=typed)

    assert ticket(7).requester.email == "anna.berg@example.org"


def test_a_rating_may_be_written_as_a_number_with_a_point(bring_row):
    bring_row(rating="4.0")

    assert Feedback.objects.get().score == 4


def test_the_blanks_a_description_begins_with_stay(bring_row):
    bring_row(description="    GET /x\n  Host: y")

    assert ticket(7).description == "    GET /x\n  Host: y"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "1899-12-30", "1969-12-31 23:00"])
def test_a_ticket_from_before_there_were_any_is_refused(bring_row, moment):
    assert bring_row(created_at=moment).rows_refused == 1
