"""The real log against an independent reading of the same file: plain csv, nothing of the importer.

The log is not part of the product: it is looked for beside the repository, or where HELPDESK_TEST_SHARED
says. Without it these tests are skipped.
"""

import csv
import os
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command

from accounts.models import User
from tickets.events import Kind
from tickets.models import Ticket, TicketEvent
from tickets.tests.database import checksum
from tickets.tests.factories import RequestTypeFactory
from tickets.tests.history import assert_history_tells_every_row

SHARED = Path(os.environ.get("HELPDESK_TEST_SHARED") or settings.BASE_DIR.parent / "shared")
LOG = SHARED / "data" / "servicenow_incident_log.csv"
pytestmark = pytest.mark.skipif(not LOG.is_file(), reason=f"the real log is not there: {LOG}")

FINISHED = ("Resolved", "Closed")


def told_by_the_file():
    """Answer, for each number, what the rows say at their end."""
    rows_of: dict[str, list[dict[str, str]]] = {}
    with LOG.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows_of.setdefault(row["number"], []).append(row)
    return {number: ending_of(rows) for number, rows in rows_of.items()}


def ending_of(rows):
    states = [row["incident_state"] for row in rows]
    last = rows[-1]
    resolved = last["resolved_at"]
    if resolved == "?":
        # Unknown: then when the log first said Resolved, after the last time it said anything else.
        worked = max((place for place, state in enumerate(states) if state not in FINISHED), default=-1)
        resolved = rows[worked + 1]["sys_updated_at"]
    return {
        "state": states[-1].lower(),
        "opened": moment(last["opened_at"]),
        "resolved": moment(resolved),
        "closed": moment(last["closed_at"]),
        "requester": last["caller_id"],
        "resolver": " ".join(last["resolved_by"].split()),
        "reopenings": sum(a in FINISHED and b not in FINISHED for a, b in pairwise(states)),
    }


def moment(text):
    day, month, year, hour, minute = (
        int(text[i:j]) for i, j in ((0, 2), (3, 5), (6, 10), (11, 13), (14, 16))
    )
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def told_by_the_database():
    reopenings = Counter(TicketEvent.objects.filter(kind=Kind.REOPENED).values_list("ticket_id", flat=True))
    return {
        ticket.submission_key.removeprefix("servicenow:"): {
            "state": ticket.status,
            "opened": ticket.created_at,
            "resolved": ticket.resolved_at,
            "closed": ticket.closed_at,
            "requester": str(ticket.requester),
            "resolver": str(ticket.resolved_by),
            "reopenings": reopenings[ticket.pk],
        }
        for ticket in Ticket.objects.select_related("requester", "resolved_by")
    }


@pytest.mark.any_database
def test_the_database_agrees_with_the_file(db, settings, capsys):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    RequestTypeFactory(name="Other")
    expected = told_by_the_file()

    call_command("import_tickets", str(LOG), format="servicenow", time_zone="UTC")

    assert told_by_the_database() == expected
    assert len(expected) == 890
    assert sum(ending["reopenings"] for ending in expected.values()) == 11
    assert_history_tells_every_row()
    assert not User.objects.filter(is_active=True).exists()
    assert mail.outbox == []
    assert not DBTaskResult.objects.exists()

    before = checksum()
    call_command("import_tickets", str(LOG), format="servicenow", time_zone="UTC")
    assert checksum() == before
    assert "890 there already" in capsys.readouterr().out
