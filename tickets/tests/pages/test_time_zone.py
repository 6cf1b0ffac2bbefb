"""Everybody reads and types moments by their own clock, and no page shows somebody the clock of another."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.template import Context, Template
from django.utils import timezone

from tickets.models import Ticket
from tickets.tests.factories import TicketFactory

# 20:30 in UTC is 21:30 in Berlin, 05:30 of the next day in Tokyo and 12:30 in Los Angeles.
NOW = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
TOKYO, LOS_ANGELES = "Asia/Tokyo", "America/Los_Angeles"


@pytest.fixture(autouse=True)
def now(time_machine, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def in_tokyo(admin):
    admin.choose_time_zone(TOKYO)
    return admin


@pytest.fixture
def in_los_angeles(other_admin):
    other_admin.choose_time_zone(LOS_ANGELES)
    return other_admin


@pytest.fixture
def old_ticket(requester, time_machine):
    """The requester's ticket, a month old: too old for "3 days ago"."""
    time_machine.move_to(NOW - timedelta(days=28), tick=False)
    made = TicketFactory(requester=requester)
    time_machine.move_to(NOW, tick=False)
    return made


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_ticket_s_page_shows_the_requester_s_clock(client_of, requester, old_ticket):
    client = client_of(requester)
    assert "2 Feb 2026, 21:30" in read(client, old_ticket.get_absolute_url())

    requester.choose_time_zone(TOKYO)

    page = read(client, old_ticket.get_absolute_url())
    assert "3 Feb 2026, 05:30" in page
    assert "21:30" not in page
    assert 'datetime="2026-02-03T05:30:00+09:00"' in page
    assert "Times in Asia/Tokyo" in page


@pytest.mark.parametrize("path", ["", "audit"])
def test_the_console_shows_each_admin_their_own_clock(client_of, in_tokyo, in_los_angeles, old_ticket, path):
    address = "/admin/tickets/ticketevent/" if path else f"/admin/tickets/ticket/{old_ticket.pk}/change/"

    for _ in range(2):
        assert "3 Feb 2026, 05:30" in read(client_of(in_tokyo), address)
        assert "2 Feb 2026, 12:30" in read(client_of(in_los_angeles), address)


def test_a_list_says_the_day_of_one_s_own_clock(client_of, in_tokyo, in_los_angeles, old_ticket):
    address = "/admin/tickets/ticket/"

    assert "3 Feb 2026" in read(client_of(in_tokyo), address)
    assert "2 Feb 2026" in read(client_of(in_los_angeles), address)


def test_the_days_of_a_filter_are_those_of_one_s_own_clock(client_of, in_tokyo, in_los_angeles, old_ticket):
    only_third = "/admin/tickets/ticketevent/?since=2026-02-03&until=2026-02-03"

    row = f'<span class="hd-ref">{old_ticket.reference}</span>'
    assert row in read(client_of(in_tokyo), only_third)
    assert row not in read(client_of(in_los_angeles), only_third)


def test_today_begins_at_one_s_own_midnight(client_of, in_tokyo, in_los_angeles, requester, time_machine):
    time_machine.move_to(NOW - timedelta(hours=6), tick=False)
    early = TicketFactory(requester=requester, title="Before midnight in Tokyo")
    time_machine.move_to(NOW, tick=False)

    today = "/admin/tickets/ticket/?opened=today"
    assert early.title not in read(client_of(in_tokyo), today)
    assert early.title in read(client_of(in_los_angeles), today)


def test_the_dashboard_s_kept_numbers_are_counted_by_one_s_own_days(
    client_of, in_tokyo, in_los_angeles, requester
):
    TicketFactory(requester=requester)

    for _ in range(2):
        days = {
            person: [
                str(day.day) for day in client_of(person).get("/admin/").context["pace"].days if day.opened
            ]
            for person in (in_tokyo, in_los_angeles)
        }
        assert days == {in_tokyo: ["2026-03-03"], in_los_angeles: ["2026-03-02"]}


def test_a_table_taken_along_names_the_zone_of_its_moments(client_of, in_tokyo, requester, old_ticket):
    old_ticket.take(by=in_tokyo)
    old_ticket.resolve(by=in_tokyo)
    Ticket.objects.get(pk=old_ticket.pk).rate(5, by=requester)

    answer = client_of(in_tokyo).post("/admin/tickets/feedback/csv/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[1][-1] == "2026-03-03T05:30:00+09:00"
    assert 'filename="feedback-2026-03-03.csv"' in answer["Content-Disposition"]


def test_a_mail_about_one_s_account_names_the_zone_of_its_moment(client_of, requester, work_off):
    requester.choose_time_zone(TOKYO)
    requester.set_password("a few old words together")
    requester.save()
    client = client_of(requester)

    new = "some other words put together"
    typed = {"oldpassword": "a few old words together", "password1": new, "password2": new}
    assert client.post("/auth/password/change/", typed).status_code == 302
    work_off()

    assert "3 Mar 2026, 05:30 JST" in mail.outbox[-1].body


def test_guests_and_the_next_request_have_the_installation_s_clock(client_of, client, in_tokyo, db):
    client_of(in_tokyo).get("/admin/")

    assert timezone.get_current_timezone_name() == "Europe/Berlin"
    assert Template("{{ moment|minute }}").render(Context({"moment": NOW})) == "2 Mar 2026, 21:30"
    assert "Times in" not in client.get("/auth/login/").content.decode()
