"""Everything that was done, in one list that only reads."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from helpdesk.models import AuditEvent
from tickets import audit
from tickets.models import TicketEvent
from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/ticketevent/"


def said(answer):
    """What each row says was done, in order."""
    return [row.event.get_kind_display() for row in answer.context["audit"].rows]


def test_tickets_and_accounts_are_one_list_newest_first(console, ticket, requester, admin):
    ticket.take(by=admin)
    requester.deactivate(by=admin)
    ticket.note("Gone.", by=admin)

    answer = console.get(LIST)

    assert said(answer)[:3] == ["Internal note", "Deactivated", "Assigned"]
    page = answer.content.decode()
    assert "Gone." not in page
    assert ticket.events.last().hash[:8] in page


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        ({"who": "me"}, {"Assigned", "Deactivated"}),
        ({"who": "rita"}, {"Submitted"}),
        ({"kind": "assigned"}, {"Assigned"}),
        ({"person": "rita"}, {"Deactivated", "Account created"}),
        ({"who": "nobody at all"}, set()),
    ],
)
def test_it_is_narrowed(console, ticket, requester, admin, wanted, kinds):
    ticket.take(by=admin)
    requester.deactivate(by=admin)

    assert set(said(console.get(LIST, wanted))) == kinds


def test_it_is_narrowed_to_one_ticket(console, ticket, admin):
    TicketFactory()
    ticket.take(by=admin)

    assert said(console.get(LIST, {"ticket": ticket.pk})) == ["Assigned", "Submitted"]


@pytest.mark.parametrize(
    "typed", ["HD-{}", "#{}", "[HD-{}] Printer jams", "https://help.example.com/tickets/{}/", " {} "]
)
def test_a_ticket_is_named_as_it_is_pasted(console, ticket, typed):
    TicketFactory()

    assert said(console.get(LIST, {"ticket": typed.format(ticket.pk)})) == ["Submitted"]


def test_it_is_narrowed_to_days(console, ticket, admin, time_machine):
    later = timezone.now() + timedelta(days=3)
    time_machine.move_to(later)
    ticket.take(by=admin)
    day = timezone.localdate(later).isoformat()

    assert said(console.get(LIST, {"since": day})) == ["Assigned"]
    assert "Assigned" not in said(
        console.get(LIST, {"until": (timezone.localdate(later) - timedelta(days=1)).isoformat()})
    )


@pytest.mark.parametrize(
    "nonsense",
    [{"kind": "x"}, {"ticket": "x"}, {"ticket": 2**70}, {"since": "yesterday"}, {"who": "\0"}],
)
def test_nonsense_is_said_beside_its_field(console, nonsense):
    answer = console.get(LIST, nonsense)

    assert answer.status_code == 200
    assert b"This filter cannot be used" in answer.content


@pytest.mark.parametrize("end", ["9999-12-31", "9999-12-29"])
def test_the_last_day_of_all_narrows_nothing(console, ticket, end):
    assert "Submitted" in said(console.get(LIST, {"until": end}))
    assert said(console.get(LIST, {"since": end})) == []


@pytest.mark.parametrize("start", ["0001-01-01", "0001-01-03"])
def test_the_first_day_of_all_narrows_nothing(console, ticket, start):
    assert "Submitted" in said(console.get(LIST, {"since": start}))
    assert said(console.get(LIST, {"until": start})) == []


@pytest.mark.parametrize(
    "after",
    [
        "0001-01-01T00:00:00+14:00~t~1",
        "9999-12-31T23:59:59-14:00~a~1",
        "2026-01-01T00:00:00~t~1",
        f"2026-01-01T00:00:00Z~t~{'9' * 5000}",
    ],
)
def test_a_place_beyond_the_calendar_is_the_start(console, ticket, after):
    assert "Submitted" in said(console.get(LIST, {"after": after}))


@pytest.mark.parametrize(
    "after", ["x", "~~", "2026-01-01~t~1", "2026-13-01T00:00:00+00:00~t~1", "2026-01-01T00:00:00+00:00~t~x"]
)
def test_a_nonsense_place_is_the_start(console, ticket, after):
    assert "Submitted" in said(console.get(LIST, {"after": after}))


def test_pages_follow_one_another_without_a_gap(console, ticket, requester, admin, monkeypatch, time_machine):
    monkeypatch.setattr(audit, "SIZE", 3)
    # All at one moment: the order among them must still be one.
    time_machine.move_to(timezone.now(), tick=False)
    for _ in range(4):
        ticket.note("Again.", by=admin)
        requester.rename("Rita", "Requester", by=admin)
    everything = TicketEvent.objects.count() + AuditEvent.objects.count()

    seen, query = [], ""
    for _ in range(20):
        answer = console.get(f"{LIST}?{query}")
        seen += [row.cursor for row in answer.context["audit"].rows]
        if not answer.context["audit"].older:
            break
        query = answer.context["older_query"]

    assert len(seen) == len(set(seen)) == everything
    assert seen == sorted(seen, reverse=True)


def test_the_number_of_queries_does_not_grow(console, ticket, admin, requester):
    console.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        console.get(LIST)
    for _ in range(10):
        ticket.note("Again.", by=admin)
        requester.rename("Rita", "Requester", by=admin)
    ticket.take(by=admin)

    with CaptureQueriesContext(connection) as many:
        console.get(LIST)

    assert len(many) <= len(few) + 1 <= 12


def test_it_only_reads(console):
    assert console.post(LIST, {"action": "delete_selected"}).status_code == 405
    for path in ("add/", "1/change/", "1/delete/"):
        assert console.get(LIST + path).status_code == 404


def test_a_purged_ticket_is_named_by_its_number_alone(console, ticket, admin):
    title = ticket.title
    ticket.trash(by=admin)
    ticket.purge(by=admin)

    page = console.get(LIST).content.decode()

    assert ticket.reference in page
    assert title not in page
    assert reverse("admin:tickets_ticket_change", args=[ticket.pk]) not in page
    assert re.search(r"Purged", page)
