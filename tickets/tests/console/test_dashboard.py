"""The front page: figures that lead to their lists, what waits, and taking a ticket from here."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AdminRequest
from accounts.tests.factories import UserFactory
from tickets.admin.dashboard import SHORT_LIST
from tickets.models import HoldReason, Ticket
from tickets.reports.chart import HEIGHT, round_numbers
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
    mine.reply("Which one?", by=admin)
    mine.reply("The red one.", by=requester)
    done.take(by=admin)
    done.resolve(by=admin)
    gone.trash(by=admin)
    return free, mine


def test_each_figure_is_the_number_of_rows_its_link_leads_to(console, work):
    figures = console.get("/admin/").context["figures"]

    assert [(label, number) for label, _, number in figures] == [
        ("Requester answered", "1"),
        ("Unassigned", "1"),
        ("Mine", "1"),
        ("On hold", "1"),
    ]
    for _, query, number in figures:
        assert console.get(f"/admin/tickets/ticket/?{query}").context["number"] == number


def test_what_a_requester_answered_is_counted_until_somebody_answers(console, work, admin):
    _, mine = work
    mine.reply("Have you restarted?", by=admin)

    assert console.get("/admin/").context["figures"][0][2] == "0"


def test_medians_lead_to_the_tickets_they_are_of(console, requester, admin, other_admin, time_machine):
    now = timezone.now().replace(hour=12, minute=0)
    # One before the first day, one in its first hours, and one today; the last is neither answered nor resolved.
    for days, hour in ((30, 12), (29, 1), (0, 1)):
        time_machine.move_to(now.replace(hour=hour) - timedelta(days=days))
        done = TicketFactory(requester=requester, title=f"Done, {days}")
        done.take(by=admin)
        done.reply("Try this.", by=admin)
        done.resolve(by=admin)
    TicketFactory(requester=requester, title="Nothing yet")
    time_machine.move_to(now)

    page = console.get("/admin/").context

    for name, query, _, _ in page["pace_figures"][:2]:
        found = console.get(f"/admin/tickets/ticket/?{query}")
        assert found.context["number"] == "2", name
        titles = found.content.decode()
        assert "Done, 29" in titles
        assert "Done, 0" in titles


def test_what_was_resolved_this_week_is_what_its_link_shows(console, requester, admin, time_machine):
    # A Wednesday: its week began on Monday, and the Sunday before belongs to another.
    wednesday = timezone.now().replace(year=2026, month=3, day=4, hour=12)
    for days in (3, 2, 0):
        time_machine.move_to(wednesday - timedelta(days=days))
        done = TicketFactory(requester=requester)
        done.take(by=admin)
        done.resolve(by=admin)

    name, query, number, _ = console.get("/admin/").context["pace_figures"][2]

    assert (name, number) == ("Resolved", "2")
    assert console.get(f"/admin/tickets/ticket/?{query}").context["number"] == "2"


def test_satisfaction_leads_to_the_ratings_it_is_the_mean_of(console, requester, admin, time_machine):
    now = timezone.now().replace(hour=12)
    for days, hour, score in ((30, 12, 1), (29, 1, 5), (0, 12, 4)):
        time_machine.move_to(now.replace(hour=hour) - timedelta(days=days))
        done = TicketFactory(requester=requester)
        done.take(by=admin)
        done.resolve(by=admin)
        done.rate(score, by=requester)
    again = TicketFactory(requester=requester)
    again.take(by=admin)
    again.resolve(by=admin)
    again.rate(1, by=requester)
    again.reopen(by=admin, text="Still broken.")

    page = console.get("/admin/")
    address = html.unescape(re.search(r'href="(/admin/tickets/feedback/\?[^"]+)"', page.content.decode())[1])

    assert (page.context["satisfaction"].number, page.context["satisfaction"].mean) == (2, 4.5)
    assert sorted(rating.score for rating in console.get(address).context["page"].rows) == [4, 5]


def test_figures_are_not_counted_beyond_a_bound(console, monkeypatch, work):
    from tickets.reports import dashboard

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


def test_the_side_bar_counts_all_who_wait_and_not_only_those_listed(console):
    waiting = [AdminRequest.objects.create(user=UserFactory()) for _ in range(SHORT_LIST + 1)]

    answer = console.get("/admin/")

    assert answer.context["admin_requests"] == waiting[:SHORT_LIST]
    assert f'data-count="admin-requests"><span>{len(waiting)}<' in " ".join(
        answer.content.decode().split()
    ).replace(" >", ">")
    # Elsewhere a script brings it, as no page asks for it.
    assert (
        f'data-count-of="admin-requests">{len(waiting)}<'
        in console.get("/admin/tickets/savedview/counts/").content.decode()
    )


def test_the_number_of_queries_is_fixed(console, work, requester):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            console.get("/admin/")
        return len(captured)

    Ticket.objects.get(title="Done").rate(4, by=requester, comment="Quick help.")
    AdminRequest.objects.create(user=requester)
    few = queries()
    kept = queries()
    for _ in range(20):
        TicketFactory(requester=requester)

    assert queries() == few
    # Nothing has happened since: what was counted then is still right.
    assert queries() == kept == few - 3
    assert few <= 13


def test_names_are_those_of_now_though_nothing_happened_to_a_ticket(console, work, admin, requester):
    Ticket.objects.get(title="Done").rate(4, by=requester, comment="Quick help.")
    console.get("/admin/")

    admin.rename("Zoe", "Newname", by=None)
    requester.rename("Rosa", "Renamed", by=None)
    page = console.get("/admin/").content.decode()

    assert "Zoe Newname" in page
    assert "Rosa Renamed" in page
    assert "Ada Admin" not in page
    assert "Rita Requester" not in page


def test_what_happens_to_a_ticket_is_counted_at_once(console, work, admin):
    free, mine = work
    before = console.get("/admin/").context

    free.take(by=admin)
    mine.resolve(by=admin)
    after = console.get("/admin/").context

    assert [number for _, _, number in before["figures"]] == ["1", "1", "1", "1"]
    assert [number for _, _, number in after["figures"]] == ["0", "0", "1", "1"]
    assert after["pace"].days[-1].resolved == before["pace"].days[-1].resolved + 1


def test_the_figures_move_on_with_the_days(console, work, time_machine):
    first = console.get("/admin/").context["pace"].days[-1].day

    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert console.get("/admin/").context["pace"].days[-1].day == first + timedelta(days=1)


def test_ratings_of_one_are_not_shown_as_those_of_another(client_of, work, admin, other_admin, requester):
    Ticket.objects.get(title="Done").rate(4, by=requester)

    numbers = [
        client_of(reader).get("/admin/?ratings=me").context["ratings"].number
        for reader in (other_admin, admin, other_admin)
    ]

    assert numbers == [0, 1, 0]


def test_the_front_page_shows_how_the_last_weeks_went(console, work, requester):
    Ticket.objects.get(title="Done").rate(4, by=requester, comment="Quick help.")

    page = console.get("/admin/").content.decode()

    assert "4.0" in page
    assert "1 rating" in page
    assert "Quick help." in page
    assert console.get("/admin/?ratings=me").context["ratings"].number == 1


def test_ratings_can_be_one_s_own_alone(client_of, other_admin, work, requester):
    Ticket.objects.get(title="Done").rate(4, by=requester)

    page = client_of(other_admin).get("/admin/?ratings=me").content.decode()

    assert "No ratings in the last 30 days." in page


def test_the_loads_are_the_numbers_of_their_lists(console, work, admin, other_admin):
    loads = console.get("/admin/").context["loads"]

    assert sorted((load.name, load.number) for load in loads) == [
        (str(admin), 1),
        ("Nobody", 1),
        (str(other_admin), 1),
    ]
    for load in loads:
        assert console.get(f"/admin/tickets/ticket/?{load.query}").context["number"] == str(load.number)


def test_the_chart_and_its_table_hold_the_same_numbers(console, work):
    answer = console.get("/admin/")
    table = re.findall(
        r"<th scope=\"row\">\d+ \w+</th>\s*<td>(\d+)</td>\s*<td>(\d+)</td>", answer.content.decode()
    )

    days = answer.context["pace"].days
    assert [(int(opened), int(resolved)) for opened, resolved in table] == [
        (day.opened, day.resolved) for day in reversed(days)
    ]
    assert (days[-1].opened, days[-1].resolved) == (4, 1)
    assert answer.content.decode().count(f'height="{HEIGHT}"') >= 1


def test_an_empty_help_desk_has_a_front_page(client_of, other_admin):
    page = client_of(other_admin).get("/admin/").content.decode()

    assert "Everything is resolved." in page
    assert "No ratings in the last 30 days." in page


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (9, [0, 5, 10]),
        (19, [0, 5, 10, 15, 20]),
        (21, [0, 10, 20, 30]),
        (4000, [0, 1000, 2000, 3000, 4000]),
    ],
)
def test_a_scale_has_few_round_numbers_and_reaches_the_highest_bar(most, numbers):
    assert round_numbers(most) == numbers


def test_the_chart_has_the_numbers_of_its_scale(console, work):
    page = console.get("/admin/").content.decode()

    assert re.findall(r'<text class="number"[^>]*>(\d+)</text>', page) == ["0", "1", "2", "3", "4"]


def test_no_menu_is_repeated_and_nothing_is_asked(console, work):
    page = console.get("/admin/").content.decode()
    content = page[page.index('id="content-main"') :]

    assert "Everything here" not in page
    assert "<select" not in content
