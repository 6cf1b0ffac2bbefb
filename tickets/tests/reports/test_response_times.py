"""The numbers of the last weeks, against a small history made by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.models import Ticket
from tickets.reports import response_times
from tickets.reports.response_times import pace
from tickets.reports.satisfaction import latest_comments, satisfaction
from tickets.tests.factories import TicketFactory

# A Wednesday.
NOW = datetime(2026, 3, 18, 15, 0, tzinfo=UTC)


@pytest.fixture
def resolved_after(requester, admin, time_machine):
    """Make a ticket, answered and resolved so many hours after it was opened."""

    def make(opened, *, answer=None, resolve=None):
        time_machine.move_to(opened, tick=False)
        ticket = TicketFactory(requester=requester)
        ticket.take(by=admin)
        if answer is not None:
            time_machine.move_to(opened + timedelta(hours=answer), tick=False)
            ticket.reply("We look at it.", by=admin)
        if resolve is not None:
            time_machine.move_to(opened + timedelta(hours=resolve), tick=False)
            ticket.resolve(by=admin)
        time_machine.move_to(NOW, tick=False)
        return ticket

    return make


def test_nothing_happened(db):
    quiet = pace(NOW)

    assert (quiet.first_answer, quiet.resolution, quiet.resolved_this_week) == (None, None, 0)
    assert len(quiet.days) == 30
    assert satisfaction(NOW).mean is None


def test_medians_are_of_the_tickets_opened_lately(resolved_after):
    resolved_after(NOW - timedelta(days=10), answer=1, resolve=4)
    resolved_after(NOW - timedelta(days=9), answer=3, resolve=10)
    resolved_after(NOW - timedelta(days=8), answer=5)
    # Long ago, and quick: it must not count.
    resolved_after(NOW - timedelta(days=60), answer=0, resolve=1)

    assert pace(NOW).first_answer == timedelta(hours=3)
    assert pace(NOW).resolution == timedelta(hours=7)


def test_days_count_what_was_opened_and_resolved_on_them(resolved_after):
    resolved_after(NOW - timedelta(days=2), resolve=1)
    resolved_after(NOW - timedelta(days=2), resolve=24)
    # Opened before the thirty days, resolved in them.
    resolved_after(NOW - timedelta(days=40), resolve=24 * 40 - 1)

    days = {day.day.isoformat(): (day.opened, day.resolved) for day in pace(NOW).days}
    assert {day: numbers for day, numbers in days.items() if any(numbers)} == {
        "2026-03-16": (2, 1),
        "2026-03-17": (0, 1),
        "2026-03-18": (0, 1),
    }
    assert pace(NOW).resolved_this_week == 3


def test_the_trash_does_not_count(resolved_after, admin):
    resolved_after(NOW - timedelta(days=2), answer=1, resolve=2).trash(by=admin)

    assert pace(NOW).first_answer is None
    assert pace(NOW).resolved_this_week == 0


def test_beyond_a_bound_it_is_of_the_newest_and_says_so(resolved_after, monkeypatch):
    resolved_after(NOW - timedelta(days=3), answer=9)
    resolved_after(NOW - timedelta(days=2), answer=1)
    monkeypatch.setattr(response_times, "MOST_TICKETS", 1)

    assert pace(NOW).is_partial
    assert pace(NOW).first_answer == timedelta(hours=1)


def test_satisfaction_is_of_current_ratings(resolved_after, requester, admin, other_admin):
    for score, comment in ((5, ""), (4, "Good."), (1, "Bad.")):
        resolved_after(NOW - timedelta(days=1), resolve=1).rate(score, by=requester, comment=comment)
    Ticket.objects.last().reopen(by=admin, text="Not solved.")

    everybody = satisfaction(NOW)
    assert (everybody.number, everybody.mean) == (2, 4.5)
    assert everybody.distribution == [(5, 1, 100), (4, 1, 100), (3, 0, 0), (2, 0, 0), (1, 0, 0)]
    assert [feedback.comment for feedback in latest_comments(NOW)] == ["Good."]
    assert satisfaction(NOW, admin).number == 2
    assert satisfaction(NOW, other_admin).number == 0
    assert satisfaction(NOW + timedelta(days=40)).number == 0
