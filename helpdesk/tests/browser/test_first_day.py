"""The first day: an admin is led through the first steps, also without scripts; later the ratings are read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import AdminFactory
from tickets.models import RequestType
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations

LONG_NAME = "Maximiliane-Alexandra Theodora Wilhelmine von und zu"
BEYOND = "document.documentElement.scrollWidth - innerWidth"


def test_the_first_steps_are_taken_without_scripts(open_browser: Callable[..., Page], admin) -> None:
    page = open_browser(java_script_enabled=False)
    sign_in(page, admin.email)
    page.goto("/admin/")
    steps = page.get_by_role("region", name="First steps")
    expect(steps.get_by_text("0 of 5 done")).to_be_visible()

    steps.get_by_role("button", name="They fit as they are").click()
    steps.get_by_role("link", name="Name and logo").click()
    page.get_by_label("Name").fill("Nord IT")
    page.get_by_role("button", name="Save").click()
    page.goto("/admin/")
    expect(steps.get_by_text("2 of 5 done")).to_be_visible()
    steps.get_by_role("button", name="Send one to me").click()
    expect(page.get_by_text(f"A test mail to {admin.email} is on its way.")).to_be_visible()
    expect(steps.get_by_text("3 of 5 done")).to_be_visible()
    steps.get_by_role("button", name="Dismiss").click()

    expect(steps).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_the_first_steps_fit_and_can_be_read(open_browser: Callable[..., Page], admin, width, scheme) -> None:
    page = open_browser(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    sign_in(page, admin.email)
    page.goto("/admin/")

    expect(page.get_by_role("region", name="First steps").get_by_role("listitem")).to_have_count(5)
    assert page.evaluate(BEYOND) <= 0
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light"), (320, "dark")])
def test_the_feedback_report_shows_every_column_whatever_the_names(
    open_browser: Callable[..., Page], admin, requester, width, scheme
) -> None:
    resolver = AdminFactory(first_name=LONG_NAME, last_name="Hohenstein-Weißenfels-Schwarzenberg")
    kind = RequestType.objects.create(name="Donaudampfschifffahrtsgesellschaftskapitänspatentantragswesen")
    for score in (5, 5, 4, 4, 1):
        ticket = TicketFactory(requester=requester, request_type=kind)
        ticket.take(by=resolver)
        ticket.resolve(by=resolver)
        ticket.rate(score, by=requester)
    page = open_browser(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    sign_in(page, admin.email)
    page.goto("/admin/tickets/feedback/report/?period=30")

    row = page.get_by_role("table", name="By request type").get_by_role("row").nth(1)
    cells = [row.get_by_role("cell").nth(number) for number in range(4)]
    for cell, words in zip(cells, ("5", "3.8", "80 %", "38 to 96 %"), strict=True):
        expect(cell).to_contain_text(words)
        place = cell.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
    assert page.evaluate(BEYOND) <= 0
    assert violations(page) == []
    page.get_by_role("link", name="Last 90 days").click()
    expect(page.get_by_role("heading", name="Last 90 days")).to_be_visible()
