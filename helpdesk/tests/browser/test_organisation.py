"""Whose desk it is, and what everybody should know for a while: written in the console, seen in the portal."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import sign_in, violations

COLOUR, DRAWN = "#7a1fa2", "rgb(122, 31, 162)"
GROUND = "(element) => getComputedStyle(element).backgroundColor"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def logo() -> dict[str, Any]:
    drawn = BytesIO()
    Image.new("RGB", (90, 30), "purple").save(drawn, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


def test_name_logo_and_colour_are_seen_in_both_halves_and_where_one_signs_in(
    open_browser: Callable[..., Page], admin: Any
) -> None:
    page = open_browser(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", color_scheme="light"
    )
    sign_in(page, admin.email)
    page.goto("/admin/tickets/organisation/")
    page.get_by_role("textbox", name="Name").fill("Nord IT")
    page.get_by_role("textbox", name="Colour").fill(COLOUR)
    page.get_by_label("Logo").set_input_files([logo()])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()

    page.goto("/admin/")
    assert is_branded(page, page.get_by_role("link", name="New ticket"))
    page.goto("/tickets/")
    assert is_branded(page, page.get_by_role("link", name="Create Ticket").last)
    guest = open_browser(
        viewport={"width": 390, "height": 844}, reduced_motion="reduce", color_scheme="light"
    )
    guest.goto("/auth/login/")
    assert is_branded(guest, guest.get_by_role("button", name="Sign in"))
    assert violations(guest) == []


def is_branded(page: Page, button: Any) -> bool:
    """Whether the page has the name in its title, the logo, and the colour on this button."""
    expect(page).to_have_title(re.compile("Nord IT"))
    picture = page.locator(".hd-brand img").first
    assert picture.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)") > 0
    return bool(button.evaluate(GROUND) == DRAWN)


def test_an_announcement_is_shown_from_its_beginning_to_its_end(
    open_browser: Callable[..., Page], admin: Any, requester: Any, time_machine: Any
) -> None:
    time_machine.move_to(NOON)
    agent, reader = open_browser(reduced_motion="reduce"), open_browser(reduced_motion="reduce")
    sign_in(agent, admin.email)
    agent.goto("/admin/tickets/announcement/add/")
    agent.get_by_label("Text").fill("Mail is down until three.")
    agent.get_by_label("From").fill("2026-11-26T13:00")
    agent.get_by_label("Until").fill("2026-11-26T15:00")
    agent.get_by_role("button", name="Save", exact=True).click()
    expect(agent).to_have_url(re.compile("/announcement/$"))
    sign_in(reader, requester.email)
    shown = reader.get_by_role("region", name="Announcements")

    for hour, minute, is_shown in ((12, 59, False), (13, 1, True), (14, 59, True), (15, 1, False)):
        time_machine.move_to(NOON.replace(hour=hour, minute=minute))
        reader.goto("/tickets/")
        expect(reader.get_by_role("heading", level=1)).to_be_visible()
        expect(shown).to_have_count(int(is_shown))
        if (hour, minute) == (13, 1):
            expect(shown).to_contain_text("Mail is down until three.")
            assert violations(reader, ".hd-msgs") == []
