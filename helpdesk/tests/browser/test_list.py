"""The list with keys alone: through the rows, peek, tick, and change what is ticked."""

import re

import pytest
from playwright.sync_api import expect

from tickets.models import Notification, Ticket
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations

LIST = "/admin/tickets/ticket/"


@pytest.fixture
def at_list(open_browser, admin, requester):
    """Open Manage Tickets, with three tickets, as the admin."""
    admin.set_password("quiet river under stones")
    admin.save()
    for title in ("Screen", "Mouse", "Keyboard"):
        TicketFactory(requester=requester, title=title)
    Notification.objects.all().mark_read()

    def come(**options):
        page = open_browser(**options)
        sign_in(page, admin.email)
        page.goto(f"{LIST}?status=all&sort=number")
        return page

    return come


def test_an_admin_works_through_the_list_with_the_keyboard(at_list, admin):
    page, panel = at_list(reduced_motion="reduce"), None
    keys, panel = page.keyboard, page.locator("dialog#peek")

    # To the second row; a look at it, and from the panel at the third and back.
    keys.press("j")
    keys.press("j")
    expect(page.get_by_role("link", name="Mouse", exact=True)).to_be_focused()
    keys.press("o")
    expect(panel.get_by_role("heading", name="Mouse")).to_be_visible()
    assert violations(page) == []
    keys.press("j")
    expect(panel.get_by_role("heading", name="Keyboard")).to_be_visible()
    keys.press("k")
    expect(panel.get_by_role("heading", name="Mouse")).to_be_visible()

    # Taken from the panel, without leaving the list.
    panel.get_by_role("button", name="Take").click()
    expect(panel.get_by_role("button", name="Take")).to_have_count(0)
    keys.press("Escape")
    expect(panel).to_be_hidden()
    row = page.get_by_role("row").filter(has_text="Mouse")
    expect(row).to_contain_text("Ada Admin")
    expect(page.get_by_role("link", name="Mouse", exact=True)).to_be_focused()
    assert Ticket.objects.get(title="Mouse").assignee == admin

    # Two ticked, and resolved: one is, one has nobody.
    keys.press("x")
    keys.press("j")
    keys.press("x")
    expect(page.get_by_text("2 of 3 selected")).to_be_visible()
    assert violations(page) == []
    keys.press("s")
    page.get_by_label("Status", exact=True).select_option("Resolved")
    page.get_by_label("Question, solution or reason").fill("Restarted, j and k typed.")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", name="1 ticket will change")).to_be_visible()
    expect(page.get_by_text("Assign the ticket first")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Set the status: 1 ticket").click()
    expect(page.get_by_role("heading", name="1 ticket not changed")).to_be_visible()
    assert violations(page) == []
    assert Ticket.objects.get(title="Mouse").is_resolved
    page.get_by_role("link", name="Back to the list").click()
    # Loaded with its scripts: a key pressed before reaches none of them.
    page.wait_for_url(re.compile(r"\?status=all&sort=number$"))

    # Into the first ticket, on to the second, to its reply, and back.
    keys.press("j")
    keys.press("Enter")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    keys.press("j")
    expect(page.get_by_role("heading", name="Mouse", level=1)).to_be_visible()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    assert violations(page) == []
    keys.press("r")
    expect(page.locator("#composer textarea[name=text]")).to_be_focused()
    keys.type("jk?")
    expect(page.locator("#composer textarea[name=text]")).to_have_value("jk?")
    page.locator("h1").click()
    keys.press("u")
    expect(page).to_have_url(re.compile(r"\?status=all&sort=number$"))


def test_the_keys_can_be_looked_up_and_switched_off(at_list):
    page = at_list(reduced_motion="reduce")

    page.keyboard.press("?")
    page.get_by_role("heading", name="Keyboard shortcuts").wait_for()
    assert violations(page) == []
    page.get_by_label("single-key").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    for key in ("j", "?", "/", "x"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_the_same_is_done_with_forms(width, at_list):
    page = at_list(java_script_enabled=False, viewport={"width": width, "height": 800})

    page.get_by_label("Select HD-").first.check()
    page.get_by_role("button", name="Trash").click()
    page.get_by_role("button", name="Move to the trash: 1 ticket").click()

    expect(page.get_by_role("heading", name="1 ticket changed")).to_be_visible()
    assert Ticket.objects.in_trash().get().title == "Screen"
    page.get_by_role("link", name="Back to the list").click()
    page.get_by_role("link", name="Peek at HD-").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mouse")
    page.get_by_role("link", name="Next ticket of the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard")


def test_ratings_are_downloaded_as_often_as_one_asks(at_list):
    page = at_list()
    page.goto("/admin/tickets/feedback/")

    for _ in range(2):
        with page.expect_download() as download:
            page.get_by_role("button", name="Download as CSV").click()
        assert download.value.suggested_filename.endswith(".csv")
