"""What a ServiceNow incident log becomes: the made-up incidents in data/incidents.csv, one story each."""

import csv
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from tickets.events import Kind
from tickets.imports.csv_table import RowError, TableError
from tickets.imports.importer import bring_in
from tickets.imports.servicenow import IncidentLog
from tickets.models import HoldReason, Status, Ticket
from tickets.tests.database import checksum
from tickets.tests.factories import RequestTypeFactory
from tickets.tests.history import assert_history_tells_every_row
from tickets.tests.imports import INCIDENTS


@pytest.fixture
def bring(db):
    """Import a log and answer the report."""

    def bring_file(path=INCIDENTS, zone="UTC", **options):
        log = IncidentLog(path, RequestTypeFactory(name="Other"), ZoneInfo(zone))
        report = bring_in(iter(log), **options)
        log.table.close()
        return report

    return bring_file


@pytest.fixture
def changed(tmp_path):
    """Write the sample again with some texts exchanged, line by line: {line: (old, new)}."""

    def write(changes):
        lines = INCIDENTS.read_bytes().decode().splitlines(keepends=True)
        for line, (old, new) in changes.items():
            assert old in lines[line - 1]
            lines[line - 1] = lines[line - 1].replace(old, new, 1)
        path = tmp_path / "incidents.csv"
        path.write_bytes("".join(lines).encode())
        return path

    return write


def incident(number):
    return Ticket.objects.get(submission_key=f"servicenow:{number}")


def story(number):
    """Answer kind, actor and moment of each event."""
    return [
        (event.kind, str(event.actor), f"{event.at:%d %H:%M}")
        for event in incident(number).events.select_related("actor")
    ]


def moment(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_everything_in_the_sample_goes_in(bring):
    report = bring()

    assert (report.read, report.made, report.already_there, report.rows_refused) == (6, 6, 0, 0)
    assert report.events == sum(Ticket.objects.values_list("version", flat=True))
    assert report.reopenings == 1
    assert report.people == User.objects.count()
    assert_history_tells_every_row()


def test_an_incident_is_replayed_step_by_step(bring):
    bring()

    assert story("INC9000001") == [
        (Kind.SUBMITTED, "Opened by 3", "01 09:00"),
        (Kind.ASSIGNED, "Updated by 31", "01 09:20"),
        (Kind.STARTED, "Updated by 31", "01 09:20"),
        (Kind.HELD, "Updated by 31", "01 10:00"),
        (Kind.EDITED, "Updated by 31", "01 14:00"),
        (Kind.STARTED, "Updated by 31", "01 14:00"),
        (Kind.RESOLVED, "Updated by 31", "01 15:00"),
        (Kind.REOPENED, "Updated by 31", "02 08:00"),
        (Kind.ASSIGNED, "Updated by 31", "03 09:45"),
        (Kind.RESOLVED, "Resolved by 21", "03 10:30"),
        (Kind.CLOSED, "Updated by 39", "08 11:00"),
    ]


def test_the_row_says_what_the_log_ends_with(bring):
    bring()

    ticket = incident("INC9000001")
    assert ticket.status == Status.CLOSED
    assert str(ticket.requester) == "Caller 11"
    assert str(ticket.assignee) == "Resolver 42"
    assert str(ticket.resolved_by) == "Resolved by 21"
    assert ticket.created_at == moment(2016, 2, 1, 9, 0)
    assert ticket.resolved_at == moment(2016, 2, 3, 10, 30)
    assert ticket.closed_at == moment(2016, 2, 8, 11, 0)
    assert ticket.events.filter(kind=Kind.RESOLVED).last().text == "Closed code: code 6"
    assert ticket.events.filter(kind=Kind.RESOLVED).first().text == ""


def test_title_and_description_list_what_the_row_says_and_nothing_else(bring):
    bring()

    ticket = incident("INC9000001")
    assert ticket.title == "Category 7, Subcategory 70, Symptom 9"
    assert ticket.description.splitlines() == [
        "Incident: INC9000001",
        "Category: Category 7",
        "Subcategory: Subcategory 70",
        "Symptom: Symptom 9",
        "Contact type: Phone",
        "Location: Location 5",
        "Impact: 2 - Medium",
        "Urgency: 2 - Medium",
        "Priority: 3 - Moderate",
    ]
    assert incident("INC9000002").title == "Incident INC9000002"


def test_where_nobody_is_named_the_group_has_it_and_the_system_opened_it(bring):
    bring()

    ticket = incident("INC9000002")
    assert (str(ticket.assignee), ticket.assignee.email) == ("Group 4", "group-4@example.invalid")
    assert ticket.events.first().actor is None
    assert ticket.resolved_at == moment(2016, 2, 1, 10, 12)


def test_kinds_of_waiting_become_reasons(bring):
    bring()

    held = incident("INC9000003").events.filter(kind=Kind.HELD)
    assert [(event.data["hold_reason"][1], event.text) for event in held] == [
        (HoldReason.REQUESTER, "Awaiting User Info, Problem ID  2"),
        (HoldReason.THIRD_PARTY, "Awaiting Problem, Problem ID  2"),
    ]


def test_an_assignee_who_goes_leaves_it_to_the_group(bring):
    bring()

    assigned = incident("INC9000003").events.filter(kind=Kind.ASSIGNED)
    names = {person.pk: str(person) for person in User.objects.all()}
    assert [names[event.data["assignee_id"][1]] for event in assigned] == ["Resolver 41", "Group unknown"]


def test_moments_before_the_one_before_become_that_one(bring):
    bring()

    assert story("INC9000004") == [
        (Kind.SUBMITTED, "Opened by 4", "03 09:41"),
        (Kind.ASSIGNED, "Updated by 31", "03 09:41"),
        (Kind.ASSIGNED, "Updated by 31", "03 11:10"),
        (Kind.ASSIGNED, "Updated by 31", "03 11:10"),
        (Kind.STARTED, "Updated by 31", "03 11:10"),
        (Kind.RESOLVED, "Resolved by 23", "03 18:00"),
        (Kind.CLOSED, "Updated by 31", "08 19:00"),
    ]


def test_unfinished_incidents_stay_unfinished(bring):
    bring()

    assert incident("INC9000005").status == Status.OPEN
    assert incident("INC9000005").assignee is None
    assert incident("INC9000006").status == Status.ON_HOLD
    assert incident("INC9000006").hold_reason == HoldReason.THIRD_PARTY


def test_moments_are_local_to_the_zone(bring):
    bring(zone="Europe/Berlin")

    assert incident("INC9000001").created_at == moment(2016, 2, 1, 8, 0)


def test_nobody_of_the_log_can_sign_in_or_work_tickets(bring):
    bring()

    assert not User.objects.filter(is_active=True).exists()
    assert not User.objects.filter(is_staff=True).exists()
    assert not User.objects.exclude(email__endswith="@example.invalid").exists()
    assert not any(person.has_usable_password() for person in User.objects.all())


def test_the_same_file_twice_changes_nothing(bring):
    bring()
    before = checksum()

    report = bring()

    assert (report.read, report.made, report.already_there, report.people) == (6, 0, 6, 0)
    assert checksum() == before


def test_a_dry_run_counts_everything_and_changes_nothing(bring):
    RequestTypeFactory(name="Other")
    before = checksum()

    dry = bring(dry_run=True)

    assert checksum() == before
    real = bring()
    for figure in ("read", "made", "events", "reopenings", "people"):
        assert getattr(dry, figure) == getattr(real, figure) > 0


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("01-02-2016 10:00", "32-02-2016 10:00", "sys_updated_at is no moment"),
        ("01-02-2016 10:00", "01-02-0001 10:00", "sys_updated_at is no moment"),
        ("01-02-2016 10:00", "01-02-9000 10:00", "moment is in the future"),
        ("03-02-2016 10:30", "soon", "resolved_at is no moment"),
        ("Awaiting User Info", "-100", "incident_state is unknown: '-100'"),
        ("Awaiting User Info", "", "incident_state is unknown"),
        ("Phone", "Phone,Mail", "37 columns instead of 36"),
        ("Phone", "Ph\x00one", "NUL"),
        ("Phone", '"Phone', "quoting"),
        ("Resolver 41", "R" * 200 + " 1", "characters"),
    ],
)
def test_a_broken_row_keeps_its_incident_out_and_lets_the_rest_in(bring, changed, old, new, reason):
    report = bring(changed({4: (old, new)}))

    assert [error.line for error in report.reasons] == [4]
    assert reason in report.reasons[0].reason
    assert report.made == 5
    assert not Ticket.objects.filter(submission_key="servicenow:INC9000001").exists()
    assert_history_tells_every_row()


def test_a_broken_first_row_keeps_its_incident_out(bring, changed):
    report = bring(changed({2: ("01-02-2016 09:00", "?"), 11: ("Phone,", "")}))

    assert [error.line for error in report.reasons] == [2, 11]
    assert report.made == 4


def test_people_of_an_incident_that_was_rolled_back_are_made_with_the_next(bring, changed):
    bring(changed({10: ("08-02-2016 11:00", "08-02-9000 11:00")}))

    assert str(incident("INC9000003").requester) == "Caller 11"
    assert not User.objects.filter(email="updated-by-39@example.invalid").exists()


def test_a_row_without_a_number_is_reported_and_the_incident_around_it_goes_in(bring, changed):
    report = bring(changed({4: ("INC9000001", "")}))

    assert [(error.line, error.reason) for error in report.reasons] == [(4, "number is empty.")]
    assert report.made == 6


def test_a_log_sorted_by_time_is_refused_whole(bring, changed):
    with pytest.raises(TableError, match=r"INC9000001 do not follow each other \(line 11\)"):
        bring(changed({10: ("INC9000001", "INC9000002"), 11: ("INC9000002", "INC9000001")}))

    assert not Ticket.objects.exists()


def test_states_our_lifecycle_has_no_way_for(bring, changed):
    bring(changed({4: ("Awaiting User Info", "New"), 6: ("Resolved", "Closed"), 26: ("New", "Closed")}))

    kinds = [kind for kind, _, _ in story("INC9000001")]
    assert kinds[3:7] == [Kind.EDITED, Kind.RESOLVED, Kind.CLOSED, Kind.REOPENED]
    assert incident("INC9000005").status == Status.CLOSED
    assert incident("INC9000005").resolved_at == incident("INC9000005").closed_at
    assert_history_tells_every_row()


def test_it_stops_between_two_incidents_and_goes_on_later(bring):
    asked = iter([False, False, True])

    report = bring(should_stop=lambda: next(asked))

    assert (report.stopped, report.made, Ticket.objects.count()) == (True, 2, 2)
    assert bring().made == 4
    assert_history_tells_every_row()


def test_entries_keep_the_order_of_the_file(db, changed):
    log = IncidentLog(
        changed({4: ("Phone", "Phone,Mail")}), RequestTypeFactory(name="Other"), ZoneInfo("UTC")
    )

    entries = list(log)
    log.table.close()

    assert isinstance(entries[0], RowError)
    assert [entry.line for entry in entries[1:]] == [11, 15, 21, 26, 27]


TODAY = {
    "number": "INC1",
    "opened_at": "2026-03-01 09:00:00",
    "short_description": "VPN drops",
    "description": "Every ten minutes.",
    "caller_id": "Anna Berg",
    "priority": "3 - Moderate",
    "state": "In Progress",
    "assignment_group": "Network",
    "assigned_to": "Beth Anglin",
    "sys_updated_on": "2026-03-02 10:00:00",
    "sys_updated_by": "admin",
    "hold_reason": "",
    "close_code": "",
    "close_notes": "",
    "resolved_at": "",
    "closed_at": "",
}


@pytest.fixture
def bring_today(bring, tmp_path):
    """Import a row for each change of TODAY, as a release of today exports incidents."""

    def bring_rows(*changes, names=None, **options):
        path = tmp_path / "today.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow((names or {}).get(name, name) for name in TODAY)
            writer.writerows((TODAY | change).values() for change in changes)
        return bring(path, **options)

    return bring_rows


def test_an_export_of_today_goes_in_with_its_own_words(bring_today):
    report = bring_today({})

    ticket = incident("INC1")
    assert report.rows_refused == 0
    assert (ticket.title, ticket.status) == ("VPN drops", Status.IN_PROGRESS)
    assert ticket.description == "Every ten minutes.\n\nIncident: INC1\nPriority: 3 - Moderate"
    assert (str(ticket.requester), str(ticket.assignee)) == ("Anna Berg", "Beth Anglin")
    assert (ticket.created_at, ticket.updated_at) == (moment(2026, 3, 1, 9), moment(2026, 3, 2, 10))


def test_columns_may_have_the_names_that_the_table_shows(bring_today):
    shown = {
        "number": "Number",
        "opened_at": "Opened",
        "short_description": "Short description",
        "caller_id": "Caller",
        "state": "State",
        "assignment_group": "Assignment group",
        "sys_updated_on": "Updated",
        "sys_updated_by": "Updated by",
        "hold_reason": "On hold reason",
        "close_code": "Resolution code",
        "close_notes": "Resolution notes",
        "resolved_at": "Resolved",
        "closed_at": "Closed",
    }

    assert bring_today({}, names=shown).made == 1

    assert incident("INC1").title == "VPN drops"


@pytest.mark.parametrize(
    ("reason", "ours"),
    [
        ("", HoldReason.REQUESTER),
        ("Awaiting Caller", HoldReason.REQUESTER),
        ("1", HoldReason.REQUESTER),
        ("4", HoldReason.THIRD_PARTY),
        ("Awaiting Vendor", HoldReason.THIRD_PARTY),
        ("Awaiting Change", HoldReason.THIRD_PARTY),
    ],
)
def test_on_hold_waits_for_what_its_own_column_says(bring_today, reason, ours):
    bring_today({"state": "On Hold", "hold_reason": reason})

    assert (incident("INC1").status, incident("INC1").hold_reason) == (Status.ON_HOLD, ours)


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("1", "New"),
        ("2", "In Progress"),
        ("3", "On Hold"),
        ("6", "Resolved"),
        ("7", "Closed"),
        ("8", "Canceled"),
    ],
)
def test_numbers_of_states_are_known(bring_today, number, state):
    bring_today({"number": "INC1", "state": number}, {"number": "INC2", "state": state})

    assert incident("INC1").status == incident("INC2").status
    assert list(incident("INC1").events.values_list("kind")) == list(
        incident("INC2").events.values_list("kind")
    )


def test_a_finished_incident_of_one_row_ends_when_its_columns_say(bring_today):
    bring_today(
        {
            "state": "Closed",
            "resolved_at": "2026-03-01 15:00:00",
            "closed_at": "2026-03-01 16:00:00",
            "close_code": "Solution provided",
            "close_notes": "New certificate.",
        }
    )

    ticket = incident("INC1")
    assert (ticket.resolved_at, ticket.closed_at) == (moment(2026, 3, 1, 15), moment(2026, 3, 1, 16))
    assert ticket.events.get(kind=Kind.RESOLVED).text == "New certificate.\n\nClosed code: Solution provided"


@pytest.mark.parametrize("state", ["Canceled", "Cancelled", "canceled"])
def test_a_canceled_incident_is_withdrawn_and_not_solved(bring_today, state):
    bring_today({"state": state, "assigned_to": "", "closed_at": "2026-03-01 12:00:00"})

    ticket = incident("INC1")
    assert (ticket.status, ticket.is_withdrawn, ticket.resolved_at) == (Status.CLOSED, True, None)
    assert (ticket.closed_at, ticket.assignee) == (moment(2026, 3, 1, 12), None)


def test_states_of_today_in_a_log(bring_today):
    updates = ["New", "In Progress", "On Hold", "In Progress", "Canceled", "In Progress", "Resolved"]

    report = bring_today(
        *(
            {"state": state, "sys_updated_on": f"2026-03-02T1{hour}:00:00Z"}
            for hour, state in enumerate(updates)
        ),
        zone="Europe/Berlin",
    )

    assert (report.made, report.reopenings) == (1, 1)
    assert [step for step in story("INC1") if step[0] != Kind.ASSIGNED] == [
        (Kind.SUBMITTED, "None", "01 08:00"),
        (Kind.STARTED, "Updated by admin", "02 11:00"),
        (Kind.HELD, "Updated by admin", "02 12:00"),
        (Kind.STARTED, "Updated by admin", "02 13:00"),
        (Kind.WITHDRAWN, "Updated by admin", "02 14:00"),
        (Kind.REOPENED, "Updated by admin", "02 15:00"),
        (Kind.RESOLVED, "Updated by admin", "02 16:00"),
    ]
    assert_history_tells_every_row()


def test_a_file_with_columns_of_both_times_is_read_by_the_old_ones(bring_today):
    assert bring_today({"close_code": "New"}, names={"close_code": "incident_state"}).made == 1

    assert incident("INC1").status == Status.OPEN
