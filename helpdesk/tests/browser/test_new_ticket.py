"""New ticket in the console, with somebody on the phone: by keys alone, on every screen, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tickets.models import Ticket
from tickets.tests.factories import RequestTypeFactory, TicketFactory

from .conftest import sign_in, violations

ADD = "/admin/tickets/ticket/add/"


@pytest.fixture
def desk(open_browser: Callable[..., Page], admin, requester, other_requester) -> Callable[..., Page]:
    RequestTypeFactory(name="Printer Issue")
    for number in range(3):
        TicketFactory(requester=requester, title=f"The printer on floor {number} jams")

    def come(address: str, **options) -> Page:
        page = open_browser(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        sign_in(page, admin.email)
        page.goto(address)
        return page

    return come


def test_somebody_new_is_written_down_by_keys_alone(desk):
    page = desk(ADD)
    press = page.keyboard.press

    page.keyboard.type("Mara Lindqvist")
    press("Tab")
    expect(page.get_by_label("New person")).to_be_focused()
    press("Space")
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type("mara@example.com")
    press("Tab")
    page.keyboard.type("Cannot print")
    press("Tab")
    page.keyboard.type("Pri")
    press("Tab")
    page.keyboard.type("Nothing comes out.")
    press("Control+Enter")

    expect(page.get_by_text("mara@example.com is invited")).to_be_visible()
    person = User.objects.get(email="mara@example.com")
    assert str(person) == "Mara Lindqvist"
    assert Ticket.objects.get(title="Cannot print").requester == person


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_its_open_states_are_sound(width, scheme, desk):
    page = desk(ADD, viewport={"width": width, "height": 800}, color_scheme=scheme)
    requester = page.get_by_role("combobox", name="Requester")

    requester.press_sequentially("rit")
    expect(page.get_by_role("listbox", name="People")).to_be_visible()
    assert violations(page) == []
    requester.press("Enter")
    expect(page.get_by_role("heading", name="Open tickets")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("New person").check()
    expect(page.get_by_label("First name")).to_be_visible()
    expect(page.get_by_role("heading", name="Open tickets")).to_be_hidden()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_without_script_everything_is_there(desk, requester):
    page = desk(ADD, java_script_enabled=False)

    expect(page.get_by_label("First name")).to_be_visible()
    page.get_by_label("Requester").fill("rita")
    page.get_by_role("button", name="Open ticket").click()
    expect(page.get_by_role("link", name="The printer on floor 2 jams")).to_be_visible()
    page.get_by_label("Title").fill("Another jam")
    page.get_by_label("Request type").select_option(label="Printer Issue")
    page.get_by_label("Description").fill("It jams.")
    page.get_by_role("button", name="Open ticket").click()

    expect(page.get_by_text("was opened for Rita Requester")).to_be_visible()
