"""The front page: figures that lead to their lists, what waits, and taking a ticket from here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AdminRequest
from tickets.models import HoldReason
from tickets.tests.factories import TicketFactory


@pytest.fixture
def work(requester, admin, other_admin):
    free = TicketFactory(requester=requester, title="Free")
    mine = TicketFactory(requester=requester, title="Mine")
    theirs = TicketFactory(requester=requester, title="Theirs")
    done = TicketFactory(requester=requester, title="Done")
    gone = TicketFactory(requester=requester, title="Gone")
    mine.take(by=admin)
    theirs.take(by=other_admin)
    theirs.hold(HoldReason.REQUESTER, by=other_admin)
    done.take(by=admin)
    done.resolve(by=admin)
    gone.trash(by=admin)
    return free, mine


def test_each_figure_is_the_number_of_rows_its_link_leads_to(console, work):
    figures = console.get("/admin/").context["figures"]

    assert [(label, number) for label, _, number in figures] == [
        ("Open", "2"),
        ("Unassigned open", "1"),
        ("Assigned to me", "1"),
        ("On hold", "1"),
    ]
    for _, query, number in figures:
        assert console.get(f"/admin/tickets/ticket/?{query}").context["number"] == number


def test_figures_are_not_counted_beyond_a_bound(console, monkeypatch, work):
    from tickets import dashboard

    monkeypatch.setattr(dashboard, "MOST_UNSOLVED", 1)

    assert console.get("/admin/").context["figures"][0][2].endswith("+")


def test_a_ticket_is_taken_from_here(console, work, admin):
    free, _ = work
    page = console.get("/admin/").content.decode()
    assert f'action="/admin/tickets/ticket/{free.pk}/take/"' in page

    console.post(f"/admin/tickets/ticket/{free.pk}/take/")

    free.refresh_from_db()
    assert free.assignee == admin


def test_the_oldest_unassigned_ticket_comes_first(console, work, requester):
    TicketFactory(requester=requester, title="Later")

    assert [ticket.title for ticket in console.get("/admin/").context["unassigned"]] == ["Free", "Later"]


def test_people_who_wait_to_become_admin_are_shown(console, other_requester):
    AdminRequest.objects.create(user=other_requester)

    assert "Otto Other" in console.get("/admin/").content.decode()


def test_the_number_of_queries_is_fixed(console, work, requester):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get("/admin/")
        return len(captured)

    few = queries()
    for _ in range(20):
        TicketFactory(requester=requester)

    assert queries() == few
    assert few <= 12


def test_the_front_page_shows_how_the_last_weeks_went(console, work, requester):
    from tickets.models import Ticket

    Ticket.objects.get(title="Done").rate(4, by=requester, comment="Quick help.")

    page = console.get("/admin/").content.decode()

    assert "4.0" in page
    assert "1 rating" in page
    assert "Quick help." in page
    assert "The numbers as a table" in page
    assert console.get("/admin/?ratings=me").context["satisfaction"].number == 1


def test_ratings_can_be_one_s_own_alone(client_of, other_admin, work, requester):
    from tickets.models import Ticket

    Ticket.objects.get(title="Done").rate(4, by=requester)

    page = client_of(other_admin).get("/admin/?ratings=me").content.decode()

    assert "No ratings in the last 30 days." in page
