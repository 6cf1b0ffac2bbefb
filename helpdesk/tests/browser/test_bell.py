"""The bell: the latest notifications over the page, the page of all of them behind it."""

import re

import pytest
from playwright.sync_api import expect

from tickets.models import Notification
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations

LONG = "Nothing comes out of the printer on the second floor since the update of yesterday evening " * 2


@pytest.fixture
def told(requester, admin):
    """Tickets of which the requester has heard two things each."""
    tickets = [TicketFactory(requester=requester, title=title) for title in (LONG, "W" * 200, "A lamp glows")]
    for ticket in tickets:
        ticket.take(by=admin)
        ticket.reply("**Press** the `button`, please.", by=admin)
    return tickets


def opened(page):
    """Press the bell, and answer what it shows."""
    bell = page.get_by_role("button", name=re.compile("^Notifications"))
    bell.click()
    latest = page.get_by_role("dialog", name="Notifications")
    expect(latest).to_be_focused()
    expect(bell).to_have_attribute("aria-expanded", "true")
    return bell, latest


def test_the_latest_are_read_over_the_page_and_all_of_them_on_theirs(open_browser, requester, told):
    page = open_browser(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    sign_in(page, requester.email)
    page.goto("/tickets/")
    bell, latest = opened(page)

    # Nothing is cut, and the page behind does not become wider.
    box = latest.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert latest.evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
    expect(latest.get_by_role("link", name="All notifications")).to_be_in_viewport()
    expect(latest).not_to_contain_text("**")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert violations(page) == []

    expect(bell).to_contain_text("6 unread")
    latest.get_by_role("button", name="Mark all as read").click()
    expect(latest.get_by_role("button")).to_have_count(0)
    expect(latest).to_be_focused()
    expect(bell).not_to_contain_text("unread")
    assert not Notification.objects.filter(person=requester, read_at=None).exists()

    latest.get_by_role("link", name="All notifications").click()
    expect(page).to_have_url(re.compile("/notifications/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Notifications")
    # They said so themselves.
    expect(page.get_by_role("status").filter(has_text="marked as read")).to_have_count(0)


def test_the_keyboard_opens_it_goes_through_it_and_leaves_it(open_browser, requester, told):
    page = open_browser()
    sign_in(page, requester.email)
    page.goto("/tickets/")
    bell, latest = opened(page)

    page.keyboard.press("Escape")
    expect(latest).to_have_count(0)
    expect(bell).to_be_focused()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(latest).to_be_focused()
        page.keyboard.press("Escape")
        expect(bell).to_be_focused()

    page.keyboard.press("Enter")
    expect(latest).to_be_focused()
    page.keyboard.press("Tab")
    expect(latest.get_by_role("button", name="Mark all as read")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/tickets/{told[-1].pk}/#e\d$"))


def test_it_closes_when_one_goes_past_it_or_clicks_beside_it(open_browser, requester):
    page = open_browser()
    sign_in(page, requester.email)
    page.goto("/tickets/")
    bell, latest = opened(page)
    expect(latest).to_contain_text("Nothing yet")
    page.keyboard.press("Tab")
    expect(latest.get_by_role("link", name="All notifications")).to_be_focused()

    page.keyboard.press("Tab")
    expect(latest).to_have_count(0)
    expect(bell).to_have_attribute("aria-expanded", "false")

    opened(page)
    page.get_by_role("heading", level=1).click()
    expect(latest).to_have_count(0)
    opened(page)
    page.locator("summary", has_text="Account menu").click()
    expect(latest).to_have_count(0)


def test_admins_open_the_ticket_in_the_console(open_browser, requester, other_admin):
    ticket = TicketFactory(requester=requester, title="A lamp glows")
    page = open_browser()
    sign_in(page, other_admin.email)
    page.goto("/admin/")
    _bell, latest = opened(page)
    assert violations(page) == []

    latest.get_by_role("link", name="A lamp glows").click()

    expect(page).to_have_url(re.compile(f"/admin/tickets/ticket/{ticket.pk}/change/"))


def test_without_scripts_and_in_another_tab_it_leads_to_the_page(open_browser, requester):
    page = open_browser(java_script_enabled=False)
    sign_in(page, requester.email)
    page.goto("/tickets/")
    page.get_by_role("link", name="Notifications", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notifications")

    page = open_browser()
    sign_in(page, requester.email)
    page.goto("/tickets/")
    with page.context.expect_page() as other:
        page.get_by_role("button", name="Notifications", exact=True).click(modifiers=["Control"])
    expect(other.value).to_have_url(re.compile("/notifications/$"))
    expect(page.get_by_role("dialog")).to_have_count(0)
