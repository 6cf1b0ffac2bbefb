"""The console's first page on a screen: what is to be done stands above the fold, and what is drawn keeps its shape."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.tests.factories import UserFactory
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations

LONG_NAME = "Maximiliane-Alexandra Theodora Wilhelmine von und zu"
LONG_TITLE = "Outlook keeps asking for my password every few minutes although I changed it on Tuesday"
# Where things stand, and how far anything goes beyond its place.
GEOMETRY = """() => {
  const place = (selector) => document.querySelector(selector).getBoundingClientRect();
  const figures = [...document.querySelectorAll("#figures > li")].map((each) => each.getBoundingClientRect());
  const seen = (list) => [...document.querySelectorAll(`${list} tbody tr`)]
    .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length;
  return {
    figures: figures.length,
    rowsOfFigures: new Set(figures.map(({ top }) => Math.round(top))).size,
    mine: place("#mine").top,
    free: place("#free").top,
    apart: place("#free").left - place("#mine").right,
    seen: [seen("#mine"), seen("#free")],
    beyond: document.documentElement.scrollWidth - innerWidth,
    cut: [...document.querySelectorAll("#figures a")].filter((each) => each.scrollWidth > each.clientWidth).length,
    wide: [...document.querySelectorAll("#mine, #free")].filter((each) => each.scrollWidth > each.clientWidth).length,
  };
}"""


@pytest.fixture
def desk(admin):
    """Nine tickets assigned to the admin and nine of nobody, all of somebody with a long name and with long titles."""
    requester = UserFactory(first_name=LONG_NAME, last_name="Hohenstein-Weißenfels-Schwarzenberg")
    for number in range(18):
        ticket = TicketFactory(requester=requester, title=f"{number}. {LONG_TITLE}")
        if number % 2:
            ticket.take(by=admin)


@pytest.fixture
def at_dashboard(open_browser: Callable[..., Page], admin) -> Callable[..., Page]:
    def come(width: int, **options) -> Page:
        page = open_browser(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options)
        sign_in(page, admin.email)
        page.goto("/admin/")
        return page

    return come


def test_both_lists_are_seen_at_once_below_one_row_of_figures(desk, at_dashboard):
    found = at_dashboard(1280).evaluate(GEOMETRY)

    assert (found["figures"], found["rowsOfFigures"]) == (8, 1)
    assert found["mine"] == found["free"] <= 270
    assert found["apart"] > 0
    assert min(found["seen"]) >= 6
    assert (found["beyond"], found["cut"], found["wide"]) == (0, 0, 0)


@pytest.mark.parametrize("width", [320, 390, 1024])
def test_nothing_goes_beyond_a_smaller_screen(desk, at_dashboard, width):
    found = at_dashboard(width).evaluate(GEOMETRY)

    assert found["mine"] < found["free"]
    assert (found["beyond"], found["cut"], found["wide"]) == (0, 0, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_figure_and_part_has_a_name(desk, at_dashboard, scheme):
    page = at_dashboard(1280, color_scheme=scheme)

    assert violations(page) == []
    names = [name.split("\n")[0] for name in page.locator("#figures a").all_inner_texts()]
    assert names == [
        *("Requester answered", "Unassigned", "Mine", "On hold"),
        *("First answer", "Resolution", "Resolved", "Satisfaction"),
    ]
