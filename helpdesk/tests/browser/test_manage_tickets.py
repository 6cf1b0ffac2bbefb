"""Manage Tickets on a screen: how much of it is seen, what is done from it, and that names break nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import UserFactory
from tickets.models import Notification, Ticket
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations

LIST = "/admin/tickets/ticket/"
LONG_NAME = "Maximiliane-Alexandra Theodora Wilhelmine von und zu"
# Rows that are seen whole, and what is wider than its place.
GEOMETRY = """() => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")].map((row) => row.getBoundingClientRect());
  const results = document.querySelector(".results");
  return {
    seen: rows.filter(({ bottom }) => bottom <= innerHeight).length,
    tallest: Math.max(...rows.map(({ height }) => height)),
    cut: results.scrollWidth - results.clientWidth,
    beyond: document.documentElement.scrollWidth - innerWidth,
  };
}"""


@pytest.fixture
def desk(admin, other_admin, requester):
    """Fourteen tickets, the newest of somebody with a long name and a long title."""
    for number in range(13):
        ticket = TicketFactory(requester=requester, title=f"Ticket {number}")
        if number % 3 == 0:
            ticket.take(by=other_admin)
            ticket.hold("requester", by=other_admin)
    TicketFactory(
        requester=UserFactory(first_name=LONG_NAME, last_name="Hohenstein-Weißenfels-Schwarzenberg"),
        title="Outlook keeps asking for my password every few minutes although I changed it on Tuesday",
    )
    Notification.objects.all().mark_read()


@pytest.fixture
def at_list(open_browser: Callable[..., Page], admin, desk) -> Callable[..., Page]:
    def come(address: str = LIST, **options) -> Page:
        page = open_browser(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        sign_in(page, admin.email)
        page.goto(address)
        return page

    return come


def test_twelve_rows_are_seen_whatever_people_are_called(at_list):
    page = at_list()

    found = page.evaluate(GEOMETRY)

    assert found["seen"] >= 12
    assert found["tallest"] <= 52
    assert (found["cut"], found["beyond"]) == (0, 0)
    # Some forty letters of a title.
    assert page.get_by_role("link", name="Ticket 1", exact=True).bounding_box()["width"] >= 330
    expect(page.get_by_title(LONG_NAME)).to_have_count(1)
    expect(page.get_by_role("search")).to_have_count(1)
    page.get_by_role("checkbox", name="Select HD-").first.check()
    # What can be done to them takes the place of the filters, so that no row moves.
    assert page.evaluate(GEOMETRY)["seen"] >= 12
    expect(page.locator(".cs-filters")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_nothing_is_wider_than_a_smaller_screen(width, at_list):
    page = at_list(viewport={"width": width, "height": 800})

    found = page.evaluate(GEOMETRY)

    assert found["beyond"] == 0
    assert found["tallest"] <= (160 if width == 320 else 130)


def test_with_shift_all_between_two_rows_are_ticked(at_list):
    page = at_list()
    boxes = page.get_by_role("checkbox", name="Select HD-")

    boxes.nth(1).click()
    boxes.nth(5).click(modifiers=["Shift"])

    expect(page.get_by_text("5 of 14 selected")).to_be_visible()


def test_the_panel_stands_beside_the_list_and_keys_go_on_from_there(at_list):
    page = at_list(f"{LIST}?sort=number")
    rows, panel = page.locator("#result_list tbody tr"), page.locator("#peek")

    rows.nth(3).get_by_role("link", name="Peek at").click()
    expect(panel.get_by_role("heading", name="Ticket 3")).to_be_visible()

    beside, table = panel.bounding_box(), page.locator(".results").bounding_box()
    assert table["x"] + table["width"] <= beside["x"]
    assert page.evaluate(GEOMETRY)["cut"] == 0
    assert violations(page) == []
    page.keyboard.press("j")
    expect(panel.get_by_role("heading", name="Ticket 4")).to_be_visible()
    expect(page.get_by_role("link", name="Ticket 4", exact=True).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    # And from the row that is pressed, wherever in it.
    rows.nth(7).locator(".cs-when").first.click()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Ticket 6", exact=True)).to_be_focused()


def test_on_a_smaller_screen_the_panel_lies_over_the_list(at_list):
    page = at_list(viewport={"width": 1024, "height": 800})

    page.get_by_role("link", name="Peek at").first.click()

    expect(page.locator("#peek")).to_be_visible()
    assert page.evaluate("document.querySelector('#peek').matches(':modal')")
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_hidden()


def test_a_ticket_is_taken_and_changed_in_its_row(at_list, admin, other_admin):
    page = at_list(f"{LIST}?sort=number")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Ticket 1", exact=True))

    row.get_by_role("button", name="Take").click()
    expect(row).to_contain_text("Ada Admin")
    assert Ticket.objects.get(title="Ticket 1").assignee == admin

    # By keys: its status, in a form over the list.
    row.get_by_role("link", name="Ticket 1", exact=True).focus()
    page.keyboard.press("s")
    panel = page.locator("#quick")
    expect(panel.get_by_label("Status")).to_be_focused()
    assert violations(page) == []
    panel.get_by_label("Status").select_option("In Progress")
    panel.get_by_label("Assignee").select_option("Oskar Otheradmin")
    panel.get_by_role("button", name="Save").click()

    expect(row).to_contain_text("In Progress")
    expect(row).to_contain_text("Oskar Otheradmin")
    expect(panel).to_be_hidden()
    ticket = Ticket.objects.get(title="Ticket 1")
    assert (ticket.status, ticket.assignee) == ("in_progress", other_admin)
    assert page.url.endswith("?sort=number")
    page.get_by_role("link", name="Ticket 2", exact=True).focus()
    page.keyboard.press("t")
    other = page.get_by_role("row").filter(has=page.get_by_role("link", name="Ticket 2", exact=True))
    expect(other).to_contain_text("Ada Admin")


def test_filters_say_what_they_find_and_go_with_one_click(at_list):
    page = at_list()

    page.locator("summary", has_text="Status").click()
    menu = page.get_by_role("region", name="Status")
    expect(menu.get_by_role("link", name="Only On Hold 5 tickets")).to_be_visible()
    assert violations(page) == []
    menu.get_by_role("checkbox", name="Open").check()
    menu.get_by_role("checkbox", name="On Hold").check()
    menu.get_by_role("button", name="Show selected").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(14)
    page.locator("summary", has_text="Assignee").click()
    page.get_by_role("link", name="Only Oskar Otheradmin 5 tickets").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(5)
    assert violations(page) == []
    page.get_by_role("link", name="Remove the filter: Assignee is Oskar Otheradmin").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(14)
    page.get_by_role("columnheader", name="Changed").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Changed")).to_have_attribute("aria-sort", "ascending")


def test_the_search_offers_people_and_opens_a_number(at_list, requester):
    page = at_list("/admin/")
    field = page.locator("#cs-q")

    field.focus()
    expect(page.get_by_role("combobox", name="Search all tickets")).to_be_focused()
    field.press_sequentially("rita")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    assert violations(page) == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(13)

    number = Ticket.objects.get(title="Ticket 7").reference
    page.goto(LIST)
    page.get_by_label("Search all tickets").fill(number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ticket 7")


def test_without_javascript_filters_and_take_lead_to_pages(at_list, admin):
    page = at_list(java_script_enabled=False)

    page.locator("summary", has_text="Status").click()
    page.get_by_role("link", name="Choose: Status").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Status")
    page.get_by_role("checkbox", name="On Hold").check()
    page.get_by_role("button", name="Show selected").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(5)
    page.get_by_role("link", name="Clear all filters").click()
    page.get_by_role("button", name="Take HD-").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage Tickets")
    assert admin.assigned_tickets.count() == 1
