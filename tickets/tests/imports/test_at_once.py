"""One table brought in by two at once is brought in once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from tickets.imports.csv_tickets import TicketTable
from tickets.imports.importer import bring_in
from tickets.models import Ticket
from tickets.tests.domain.test_at_once import at_once
from tickets.tests.factories import RequestTypeFactory
from tickets.tests.imports import SPREADSHEET


@pytest.mark.django_db(transaction=True)
def test_the_same_table_brought_in_by_four_at_once_is_brought_in_once(time_machine):
    time_machine.move_to(datetime(2026, 6, 1, 12, 0, tzinfo=UTC))
    kinds = ("Other", "Hardware Issue", "Network Issue", "Access Request")
    other, *_ = [RequestTypeFactory(name=name) for name in kinds]

    def bring(_):
        table = TicketTable(SPREADSHEET, other, ZoneInfo("Europe/Berlin"))
        report = bring_in(iter(table))
        table.table.close()
        return report

    reports = at_once(bring, 4)

    assert sum(report.made for report in reports) == Ticket.objects.count() == 6
    assert {report.made + report.already_there for report in reports} == {6}
    assert sum(report.people for report in reports) == User.objects.count()
