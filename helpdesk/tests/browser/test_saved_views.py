"""Manage Tickets as it is used: a requester found while typing, columns, a view saved and counted; also
without JavaScript.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import AdminFactory, UserFactory
from tickets.models import SavedView
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations

LIST = "/admin/tickets/ticket/"


@pytest.fixture
def tickets() -> None:
    AdminFactory(email="admin@example.org")
    for first_name in ("Anna", "Annabel"):
        TicketFactory(requester=UserFactory(first_name=first_name), title=f"Of {first_name}")


def test_a_requester_is_offered_while_one_types(open_browser: Callable[..., Page], tickets: None) -> None:
    page = open_browser()
    sign_in(page, "admin@example.org")
    page.goto(LIST)

    page.locator("summary", has_text="Requester").click()
    field = page.get_by_role("combobox", name="Requester")
    expect(field).to_be_focused()
    field.press_sequentially("anna")
    expect(page.get_by_role("option")).to_have_count(2)
    assert violations(page) == []
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("b")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")

    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="Of Annabel")).to_be_visible()


def test_a_view_is_saved_and_counted_in_the_side_bar(
    open_browser: Callable[..., Page], tickets: None
) -> None:
    page = open_browser()
    sign_in(page, "admin@example.org")
    page.goto(f"{LIST}?requester=annabel")

    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill("Annabel")
    page.get_by_role("button", name="Save").click()

    view = page.locator("#saved-views a", has_text="Annabel")
    expect(view).to_contain_text("1")
    expect(view).to_have_attribute("aria-current", "true")
    expect(page.locator("#saved-views a", has_text="Unassigned open")).to_contain_text("2")
    page.set_viewport_size({"width": 390, "height": 900})
    page.locator("summary[aria-label=Menu]").click()
    expect(page.locator("[data-saved-views-copy] a", has_text="Annabel")).to_contain_text("1")


def test_all_of_it_works_without_javascript(open_browser: Callable[..., Page], tickets: None) -> None:
    page = open_browser(java_script_enabled=False)
    sign_in(page, "admin@example.org")
    page.goto(LIST)

    page.locator("summary", has_text="Requester").click()
    page.get_by_role("link", name="Choose: Requester").click()
    page.get_by_label("Requester", exact=True).last.fill("annabel")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)

    page.locator("summary", has_text="Columns").click()
    page.get_by_label("Rating").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader", name="Rating")).to_be_visible()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)

    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill("Annabel")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Saved views").first.click()
    expect(page.get_by_role("link", name="Annabel", exact=True)).to_be_visible()
    assert SavedView.objects.get().query == "requester=annabel&status=unsolved"
