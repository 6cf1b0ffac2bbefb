"""Manage Tickets: what is found, what nonsense does, pages by key, and how many queries it takes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import AdminFactory, UserFactory
from tickets.admin.ticket import TicketAdmin
from tickets.models import ColumnPreference, HoldReason, Notification, RequestType, Ticket
from tickets.models.ticket.queryset import UNANSWERED
from tickets.tests.factories import TicketFactory

LIST = "/admin/tickets/ticket/"


def found(console, **filters):
    """The titles the list shows, in order."""
    answer = console.get(LIST, filters)
    assert answer.status_code == 200
    return [ticket.title for ticket in answer.context["page"].rows]


@pytest.fixture
def tickets(requester, other_requester, admin, other_admin):
    network = RequestType.objects.get(name="Network Issue")
    screen = TicketFactory(requester=requester, title="Screen")
    mouse = TicketFactory(requester=other_requester, title="Mouse", request_type=network)
    keyboard = TicketFactory(requester=requester, title="Keyboard", description="The green one")
    screen.take(by=admin)
    mouse.take(by=other_admin)
    mouse.hold(HoldReason.REQUESTER, by=other_admin)
    return screen, mouse, keyboard


def test_the_page_is_called_manage_tickets(console):
    assert "<h1>Manage Tickets</h1>" in console.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({}, ["Mouse", "Screen", "Keyboard"]),
        ({"sort": "number"}, ["Screen", "Mouse", "Keyboard"]),
        ({"status": "on_hold"}, ["Mouse"]),
        ({"status": "unsolved"}, ["Mouse", "Screen", "Keyboard"]),
        ({"status": "closed"}, []),
        ({"assignee": "me"}, ["Screen"]),
        ({"assignee": "nobody"}, ["Keyboard"]),
        ({"requester": "rita"}, ["Screen", "Keyboard"]),
        ({"requester": "OTHER otto"}, ["Mouse"]),
        ({"requester": "nobody like this"}, []),
        ({"q": "green"}, ["Keyboard"]),
        ({"q": "mouse", "status": "on_hold"}, ["Mouse"]),
        ({"trash": "true"}, []),
        ({"opened": "today"}, ["Mouse", "Screen", "Keyboard"]),
        ({"opened": "over-7-days"}, []),
        ({"rating": "none", "assignee": "nobody"}, ["Keyboard"]),
        ({"rating": "5"}, []),
    ],
)
def test_filters_find_what_they_say(filters, titles, console, tickets):
    # The last change first: the events came within one test, so the numbers break the tie.
    assert found(console, **filters) == titles


def test_filters_by_type_and_by_a_person(console, tickets, other_admin):
    mouse = tickets[1]

    assert found(console, request_type=mouse.request_type_id) == ["Mouse"]
    assert found(console, assignee=other_admin.pk) == ["Mouse"]
    assert found(console, requester=mouse.requester.email) == ["Mouse"]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"status": "nonsense"},
        {"request_type": 10**30},
        {"request_type": "x"},
        {"assignee": 10**30},
        {"assignee": "x' OR 1=1"},
        {"assignee": "\u0661"},
        {"opened": "tomorrow"},
        {"opened_from": "2026-02-30"},
        {"resolved_until": "soon"},
        {"requester": list("abcdef")},
        {"rating": "6"},
        {"requester": "x" * 300},
        {"requester": "a\x00b"},
        {"q": "\x00"},
        {"q": "x" * 300},
    ],
)
def test_a_filter_that_makes_no_sense_finds_nothing_and_says_so_beside_it(nonsense, console, tickets):
    answer = console.get(LIST, nonsense)

    assert answer.context["page"].rows == []
    assert answer.content.decode().count('<ul class="errorlist"') == 1


@pytest.mark.parametrize(
    "nonsense",
    [{"trash": "perhaps"}, {"sort": "password"}, {"after": "x"}, {"after": 10**30}, {"before": -1}],
)
def test_what_narrows_nothing_is_ignored(nonsense, console, tickets):
    assert len(found(console, **nonsense)) == 3


@pytest.mark.parametrize(
    ("age", "days"),
    [
        ("today", {0}),
        ("7-days", {0, 1, 6}),
        ("30-days", {0, 1, 6, 8, 29}),
        ("over-7-days", {8, 29, 31, 91}),
        ("over-30-days", {31, 91}),
        ("over-90-days", {91}),
        ("yesterday", {1}),
        # A Friday.
        ("this-week", {0, 1}),
        ("this-month", {0, 1, 6, 8}),
    ],
)
def test_the_age_is_counted_from_this_moment(age, days, client_of, admin, requester):
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for old in (0, 1, 6, 8, 29, 31, 91):
        with time_machine.travel(noon - timedelta(days=old), tick=False):
            TicketFactory(requester=requester, title=str(old))

    with time_machine.travel(noon, tick=False):
        assert set(map(int, found(client_of(admin), opened=age))) == days


@pytest.mark.parametrize(
    ("lately", "days"), [("this-week", {0, 4}), ("7-days", {0, 4, 6}), ("30-days", {0, 4, 6, 29})]
)
def test_what_was_resolved_lately_is_found(lately, days, client_of, admin, requester):
    # A Friday: Monday was four days ago.
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for old in (0, 4, 6, 29, 31):
        with time_machine.travel(friday - timedelta(days=old), tick=False):
            ticket = TicketFactory(requester=requester, title=str(old))
            ticket.take(by=admin)
            ticket.resolve(by=admin)
    TicketFactory(requester=requester, title="99")

    with time_machine.travel(friday, tick=False):
        assert set(map(int, found(client_of(admin), resolved=lately))) == days


def test_rated_tickets_are_found_by_their_rating(console, tickets, requester, admin):
    screen = tickets[0]
    screen.resolve(by=admin)
    screen.rate(2, by=requester)

    assert found(console, rating=2) == ["Screen"]
    assert found(console, rating="none") == ["Mouse", "Keyboard"]


def test_an_address_means_one_person_even_if_it_is_part_of_another(console):
    for name in ("ann", "joann"):
        TicketFactory(requester=UserFactory(email=f"{name}@example.net"), title=name)

    assert found(console, requester="Ann@example.net") == ["ann"]
    assert found(console, requester="ann@example") == ["joann", "ann"]


def test_chips_say_what_is_chosen_and_lead_to_the_list_without_it(console, tickets):
    page = console.get(LIST, {"status": ["open", "on_hold"], "q": "e", "sort": "number", "after": "~1"})

    chips = {chip.name: chip for chip in page.context["filters"].chips}
    assert (chips["status"].value, chips["assignee"].value) == ("Open or On Hold", "")
    assert chips["status"].without == "q=e&sort=number"
    text = page.content.decode()
    assert 'href="?q=e&amp;sort=number"' in text
    assert "Remove the filter: Status is Open or On Hold" in text
    assert re.search(r'href="\?sort=number">.* Clear all filters', text)
    assert "Clear all filters" not in console.get(LIST, {"sort": "number"}).content.decode()


def test_what_is_no_choice_is_shown_as_it_came_and_escaped(console, ticket):
    page = console.get(LIST, {"status": "<b>x"}).content.decode()

    assert ">&lt;b&gt;x</b>" in page
    assert "Select a valid choice" in page


def test_too_many_people_are_not_guessed_from(console, ticket):
    for _ in range(51):
        UserFactory(last_name="Smith")

    answer = console.get(LIST, {"requester": "smith"})

    assert "More than 50 people match" in answer.content.decode()
    assert answer.context["page"].rows == []


def menu(console, name, **params):
    """What a filter offers: words -> (how many, where they lead)."""
    answer = console.get(f"{LIST}filters/{name}/", {**params, "part": "1"})
    return {
        choice.label: (choice.number, choice.only)
        for one in answer.context["menus"]
        for choice in one.choices
    }


def test_only_people_who_work_tickets_can_be_chosen_as_assignee(console, requester, admin, other_admin):
    assert list(menu(console, "assignee")) == ["Me", "Nobody", "Ada Admin", "Oskar Otheradmin"]


def test_menus_follow_who_works_tickets_and_what_there_is(console, requester, admin, ticket):
    console.get(f"{LIST}filters/assignee/")

    requester.set_role("Admin", by=admin)
    requester.rename("Rosa", "Renamed", by=None)
    RequestType.objects.create(name="Coffee & Cake")

    assert menu(console, "assignee", status="open")["Rosa Renamed"] == (
        "0",
        f"status=open&assignee={requester.pk}",
    )
    page = console.get(f"{LIST}filters/request_type/").content.decode()
    assert '<span class="hd-grow">Coffee &amp; Cake</span>' in page


def test_menus_say_how_many_each_choice_would_find_beside_the_other_filters(console, tickets, admin):
    screen, mouse, _ = tickets
    Ticket.objects.get(pk=mouse.pk).resolve(by=admin)

    assert {words: count for words, (count, _) in menu(console, "status", requester="rita").items()} == {
        "All": "2",
        "Not yet resolved": "2",
        "Open": "2",
        "In Progress": "0",
        "On Hold": "0",
        "Resolved": "0",
        "Closed": "0",
    }
    assert menu(console, "status")["Resolved"] == ("1", "status=resolved")
    assert menu(console, "assignee")["Me"][0] == "1"
    assert menu(console, "assignee", assignee="nobody")["Me"][0] == "1"
    assert menu(console, "assignee", q="mouse")["Oskar Otheradmin"][0] == "1"
    assert menu(console, "more")["Today"] == ("1", "resolved=today")
    assert menu(console, "opened", assignee="nobody")["Today"] == ("1", "assignee=nobody&opened=today")
    screen.trash(by=admin)
    assert menu(console, "more")["Yes, in the trash"][0] == "1"


def test_menus_count_up_to_a_bound(console, tickets, monkeypatch):
    monkeypatch.setattr("tickets.filters.console.BOUND", 2)
    assert menu(console, "opened")["Today"][0] == "2+"

    monkeypatch.setattr("tickets.filters.console.MOST_COUNTED", 1)
    assert menu(console, "assignee")["Me"][0] == "1+"


def test_a_menu_takes_few_queries_and_the_list_asks_nothing_for_it(console, tickets):
    for _ in range(5):
        AdminFactory()
    with CaptureQueriesContext(connection) as captured:
        console.get(LIST)
    assert not [
        query for query in captured if "requesttype" in query["sql"] and "tickets_ticket" not in query["sql"]
    ]
    with CaptureQueriesContext(connection) as captured:
        menu(console, "assignee", request_type="1", status="open")
    assert len(captured) <= 6


def test_there_are_no_menus_of_what_is_no_filter(console):
    for name in ("q", "sort", "nonsense"):
        assert console.get(f"{LIST}filters/{name}/").status_code == 404


def test_what_is_resolved_is_left_out_and_the_page_says_so(console, tickets, admin):
    Ticket.objects.get(title="Screen").resolve(by=admin)

    page = console.get(LIST).content.decode()

    assert "Resolved and closed tickets are hidden." in page
    assert '<a href="?status=all">Show all</a>' in page
    assert found(console) == ["Mouse", "Keyboard"]
    assert set(found(console, status="all")) == {"Screen", "Mouse", "Keyboard"}
    # Who searches, or asks for what only resolved tickets have, means them, too.
    assert found(console, q="screen") == ["Screen"]
    assert found(console, resolved="today") == ["Screen"]
    assert "are hidden" not in console.get(LIST, {"q": "screen"}).content.decode()
    assert "are hidden" not in console.get(LIST, {"status": "all"}).content.decode()


def test_a_desk_with_nothing_left_to_resolve_says_so(console, ticket, admin):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    assert "Every ticket is resolved" in console.get(LIST).content.decode()


def test_several_values_of_a_filter_find_what_fits_any_of_them(console, tickets, other_admin):
    _, mouse, keyboard = tickets

    assert found(console, status=["open", "on_hold"]) == ["Mouse", "Screen", "Keyboard"]
    assert found(console, status=["on_hold", "closed"]) == ["Mouse"]
    assert found(console, assignee=["nobody", other_admin.pk]) == ["Mouse", "Keyboard"]
    assert found(console, request_type=[mouse.request_type_id, keyboard.request_type_id]) == [
        "Mouse",
        "Screen",
        "Keyboard",
    ]
    assert found(console, requester=["rita", mouse.requester.email]) == ["Mouse", "Screen", "Keyboard"]
    assert found(console, requester=["nobody like this", mouse.requester.email]) == ["Mouse"]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-14", "2026-11-19", {1, 6}),
        ("2026-11-19", "", {0, 1}),
        ("", "2026-11-12", {8, 29}),
        ("2026-11-20", "2026-11-20", {0}),
        ("0001-01-01", "9999-12-31", {0, 1, 6, 8, 29}),
        ("2026-11-19", "2026-11-14", set()),
    ],
)
def test_a_range_of_days_holds_both_its_ends(first, last, days, client_of, admin, requester):
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for old in (0, 1, 6, 8, 29):
        with time_machine.travel(noon - timedelta(days=old), tick=False):
            TicketFactory(requester=requester, title=str(old))

    with time_machine.travel(noon, tick=False):
        assert set(map(int, found(client_of(admin), opened_from=first, opened_until=last))) == days


def test_a_range_is_said_in_words_and_removed_at_once(console, ticket):
    page = console.get(LIST, {"opened_from": "2026-11-01", "opened_until": "2026-11-15", "status": "open"})

    chip = next(chip for chip in page.context["filters"].chips if chip.name == "opened")
    assert (chip.value, chip.without) == ("1 Nov 2026 – 15 Nov 2026", "status=open")


@pytest.mark.parametrize("query", ["HD-{}", "#{}", "hd {}", "[HD-{}] Screen"])
def test_the_number_of_one_ticket_leads_to_it(query, console, tickets):
    number = tickets[0].pk

    answer = console.get(LIST, {"q": query.format(number)})

    assert answer.url == f"{LIST}{number}/change/"


def test_a_number_that_is_not_all_there_is_to_find_leads_to_the_list(console, tickets, requester):
    screen = tickets[0]
    TicketFactory(requester=requester, title=f"As in HD-{screen.pk}")

    assert len(found(console, q=f"HD-{screen.pk}")) == 2
    # A word that finds one ticket is no number of it.
    assert found(console, q="keyboard") == ["Keyboard"]
    assert found(console, q="HD-999999") == []


def test_a_head_sorts_and_says_how(console, tickets):
    page = console.get(LIST, {"status": "open", "sort": "updated"}).content.decode()

    assert re.search(r'aria-sort="ascending">\s*<a href="\?status=open&amp;sort=-updated"', page)
    assert page.count("aria-sort") == 1
    assert re.search(r'<a href="\?status=open&amp;sort=-number"\s+title="Highest number first">Ticket', page)
    assert 'aria-sort="descending"' in console.get(LIST).content.decode()


@pytest.mark.parametrize(("sort", "titles"), [("opened", "ABC"), ("-opened", "CBA")])
def test_tickets_are_sorted_by_when_they_were_opened(sort, titles, console, requester):
    for days, title in enumerate(titles if sort == "opened" else reversed(titles)):
        with time_machine.travel(datetime(2026, 11, 1 + days, tzinfo=UTC), tick=False):
            TicketFactory(requester=requester, title=title)

    assert "".join(found(console, sort=sort)) == titles


def test_every_order_of_the_list_is_read_from_an_index(console, tickets):
    sorting = "TEMP B-TREE"
    if connection.vendor == "postgresql":
        # Those of one moment it may put in order; all of them, as it would rather do with so few, it may not.
        sorting = "->  Sort "
        connection.cursor().execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
    for sort in TicketAdmin.orderings:
        # Only those that wait have the moment since when.
        rows = Ticket.objects.filter(UNANSWERED) if sort == "waiting" else Ticket.objects
        rows = rows.order_by(*TicketAdmin.orderings[sort].order())[:25]
        assert sorting not in rows.explain(), sort


def test_names_and_titles_are_there_in_full_for_who_points_at_them(console):
    name = "Maximiliane-Alexandra Theodora von und zu Hohenstein"
    TicketFactory(requester=UserFactory(first_name=name, last_name="X"), title="T" * 200)

    page = console.get(LIST).content.decode()

    assert f'class="cs-sub" title="{name} X"' in page
    assert f'title="{"T" * 200}"' in page


def test_moments_are_there_to_the_minute(client_of, admin, requester, time_machine):
    time_machine.move_to(datetime(2026, 11, 27, 9, 5, tzinfo=UTC), tick=False)
    ticket = TicketFactory(requester=requester)
    time_machine.move_to(datetime(2026, 11, 28, 14, 48, tzinfo=UTC), tick=False)
    ticket.take(by=admin)
    ColumnPreference.objects.choose(["opened", "changed"], by=admin)

    page = client_of(admin).get(LIST).content.decode()

    assert '<time datetime="2026-11-28T14:48:00+00:00" title="28 Nov 2026, 14:48">today 14:48</time>' in page
    assert '<time datetime="2026-11-27T09:05:00+00:00" title="27 Nov 2026, 09:05">yesterday</time>' in page


def test_the_tickets_of_a_former_admin_are_still_found(console, tickets, admin, other_admin):
    Ticket.objects.get(title="Mouse").resolve(by=other_admin)
    other_admin.deactivate(by=admin)

    answer = console.get(LIST, {"assignee": other_admin.pk, "status": "all"})

    assert [ticket.title for ticket in answer.context["page"].rows] == ["Mouse"]
    assert "Somebody else" in answer.content.decode()


def test_pages_follow_one_another_without_a_gap(console, requester):
    for number in range(60):
        TicketFactory(requester=requester, title=f"Ticket {number:02}")

    first = console.get(LIST, {"status": "open"})
    second = console.get(f"{LIST}?{first.context['page'].next_query}")
    third = console.get(f"{LIST}?{second.context['page'].next_query}")
    back = console.get(f"{LIST}?{third.context['page'].previous_query}")

    pages = [[ticket.title for ticket in page.context["page"].rows] for page in (first, second, third, back)]
    assert [len(page) for page in pages] == [25, 25, 10, 25]
    assert len({*pages[0], *pages[1], *pages[2]}) == 60
    assert pages[3] == pages[1]
    assert not third.context["page"].has_next


def test_the_number_of_queries_does_not_grow_with_the_tickets(console, admin, requester):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            answer = console.get(LIST, {"requester": "rita", "assignee": "me", "q": "screen"})
        return len(captured), len(answer.context["page"].rows)

    TicketFactory(requester=requester).take(by=admin)
    few, rows = queries()
    assert (few <= 12, rows) == (True, 1)

    for _ in range(30):
        AdminFactory()
        TicketFactory(requester=requester).take(by=admin)

    assert queries() == (few, 25)


def test_the_list_reads_no_description_and_no_offset(console, tickets):
    with CaptureQueriesContext(connection) as captured:
        console.get(LIST)

    asked = [query["sql"] for query in captured if 'FROM "tickets_ticket"' in query["sql"]]
    assert asked
    assert not [sql for sql in asked if '"description"' in sql or "OFFSET" in sql]


# -- whose turn it is ----------------------------------------------------------------------------
@pytest.fixture
def conversations(tickets, requester, other_requester, admin, other_admin, time_machine):
    """Screen: answered, and its requester wrote again. Mouse: asked. Keyboard: new."""
    screen, mouse, _ = tickets
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    mouse.reply("Which of the two?", by=other_admin)
    time_machine.shift(60)
    screen.reply("Is the cable in?", by=admin)
    screen.reply("It is.", by=requester)
    time_machine.shift(20 * 60)
    return tickets


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"waiting": "us"}, ["Screen", "Keyboard"]),
        ({"waiting": "us", "sort": "waiting"}, ["Keyboard", "Screen"]),
        ({"waiting": "answered", "sort": "waiting"}, ["Screen"]),
        ({"waiting": "requester"}, ["Mouse"]),
        ({"waiting": ["us", "requester"]}, ["Screen", "Mouse", "Keyboard"]),
        ({"waiting": "third_party"}, []),
        # The others have no moment to be sorted by.
        ({"waiting": ["us", "requester"], "sort": "waiting"}, ["Screen", "Mouse", "Keyboard"]),
        ({"sort": "waiting"}, ["Screen", "Mouse", "Keyboard"]),
    ],
)
def test_the_list_finds_who_waits(filters, titles, console, conversations):
    assert found(console, **filters) == titles


def test_a_row_says_that_its_requester_answered_and_when(console, conversations):
    page = console.get(LIST).content.decode()

    assert re.findall(r"Requester </span>answered <time [^>]*>([^<]*)</time>", page) == ["20 minutes ago"]


def test_the_order_of_waiting_leads_to_those_that_wait(console, conversations):
    page = console.get(LIST, {"assignee": "me"})

    assert ("waiting", "Waiting longest", "assignee=me&sort=waiting&waiting=us") in page.context["orders"]
    chips = console.get(LIST, {"waiting": ["us", "third_party"]}).context["filters"].chips
    assert "Waiting for us or a third party" in [chip.sentence for chip in chips]


def test_what_one_has_not_seen_is_marked_until_one_looks(console, conversations, requester, work_off):
    screen = conversations[0]
    work_off()
    Notification.objects.all().delete()
    assert found(console, unread="true") == []
    assert "Unread: " not in console.get(LIST).content.decode()

    screen.reply("It is a new one.", by=requester)
    work_off()

    page = console.get(LIST).content.decode()
    assert re.findall(r"Unread: </span>(\w+)", page) == ["Screen"]
    assert page.count('class="is-unread"') == 1
    assert found(console, unread="true") == ["Screen"]

    console.get(f"{LIST}{screen.pk}/change/")

    assert found(console, unread="true") == []
