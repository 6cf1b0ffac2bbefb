"""The page of a ticket in the console: where it opens, what the composer covers, how decisions are made."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import AdminFactory, UserFactory
from tickets.models import Notification, Status
from tickets.tests.factories import TicketFactory

from .conftest import sign_in, violations
from .hands import clicks_in

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LONG = "Wolfeschlegelsteinhausenbergerdorffvonundzuguttenberghohenlohe"
# Where everything is: the last entry, the head and the composer of a page, in the window.
PLACES = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const entries = [...document.querySelectorAll(".hd-tl > li")];
  const last = entries[entries.length - 1].getBoundingClientRect();
  return {
    last: last.bottom, lastTop: last.top, head: box(".cs-top").bottom, composer: box(".hd-composer").top,
    height: box(".cs-composer").height, end: box(".cs-composer").bottom, window: innerHeight, scrolled: scrollY,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""


@pytest.fixture
def long_ticket(requester, admin):
    """A ticket whose history is longer than any window."""
    ticket = TicketFactory(requester=requester, title="Printer on the second floor")
    ticket.take(by=admin)
    for turn in range(20):
        ticket.note(f"Note {turn}.\n\nIt says more than one line.", by=admin)
    Notification.objects.mark_read()
    ticket.reply("It prints again, but only in one colour.", by=requester)
    return ticket


@pytest.fixture
def open_ticket(open_browser, admin):
    """Open the page of a ticket as the admin, from a list."""

    def come(ticket, query="", **options):
        page = open_browser(reduced_motion="reduce", **{"viewport": DESK, **options})
        sign_in(page, admin.email)
        page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/{query}")
        return page

    return come


def places(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(PLACES)
    return found


def test_it_opens_at_its_end_and_the_composer_covers_nothing_of_it(open_ticket, long_ticket):
    page = open_ticket(long_ticket)

    expect(page.get_by_text("but only in one colour")).to_be_in_viewport()
    at = places(page)
    assert at["scrolled"] > 0
    assert at["last"] <= at["composer"]
    assert at["lastTop"] >= at["head"]
    assert at["height"] <= 160
    # The head stays, with what can be done.
    expect(page.locator("#ticket-actions summary", has_text="Resolve")).to_be_in_viewport()


def test_where_more_is_unread_than_the_window_holds_it_opens_at_the_first(
    open_ticket, long_ticket, requester, admin
):
    for turn in range(12):
        long_ticket.reply(f"Line\n\nby line\n\nof answer {turn}.", by=requester)

    page = open_ticket(long_ticket)

    expect(page.get_by_text("but only in one colour")).to_be_in_viewport()
    top = page.locator(f"#e{long_ticket.version - 12}").bounding_box()["y"]
    assert places(page)["head"] <= top <= places(page)["head"] + 60
    # Once it is seen, the page opens at its end.
    page.goto("/admin/")
    page.goto(f"/admin/tickets/ticket/{long_ticket.pk}/change/")
    expect(page.get_by_text("of answer 11.")).to_be_in_viewport()


def test_it_grows_with_its_text_and_hides_nothing_that_has_the_focus(open_ticket, long_ticket):
    page = open_ticket(long_ticket)
    before = places(page)["height"]

    page.get_by_label("Message").fill("One line\n" * 9)
    grown = places(page)
    assert before + 100 < grown["height"] < 0.6 * grown["window"]
    assert grown["end"] <= grown["window"]

    # Whatever is scrolled to comes clear of it and of the head.
    rows, nearest = page.locator(".hd-tl > li"), "(row) => row.scrollIntoView({ block: 'nearest' })"
    page.evaluate("scrollTo(0, 0)")
    rows.last.evaluate(nearest)
    at = places(page)
    assert at["last"] <= at["composer"]
    rows.nth(2).evaluate(nearest)
    assert places(page)["head"] <= rows.nth(2).bounding_box()["y"]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
def test_after_sending_one_sees_ones_own_words(script, viewport, open_ticket, long_ticket):
    page = open_ticket(long_ticket, viewport=viewport, java_script_enabled=script)

    page.get_by_label("Message").fill("Which colour is left?")
    page.get_by_role("button", name="Send reply", exact=True).click()

    own = page.locator(f"#e{long_ticket.version + 1}")
    expect(own).to_contain_text("Which colour is left?")
    expect(own).to_be_in_viewport(ratio=1)
    if not script:
        return
    at = places(page)
    assert at["last"] <= at["composer"]
    assert at["lastTop"] >= (at["head"] if viewport == DESK else 0)


def test_a_property_is_saved_once_it_is_chosen_and_can_be_taken_back(
    open_ticket, long_ticket, admin, other_admin
):
    page = open_ticket(long_ticket)
    page.get_by_label("Message").fill("Half a sentence")

    page.get_by_role("combobox", name="Assignee").select_option(label="Oskar Otheradmin")
    notice = page.locator("#notices")
    expect(notice).to_contain_text("Assigned to Oskar Otheradmin.")
    # It stays while somebody is at it.
    notice.hover()
    # The rest of the page follows; what is being written stays.
    expect(page.locator("#timeline")).to_contain_text("assigned this ticket to Oskar Otheradmin")
    expect(page.get_by_label("Message")).to_have_value("Half a sentence")
    assert page.get_by_role("button", name="Save properties").is_hidden()
    assert violations(page) == []

    notice.get_by_role("button", name="Undo").click()
    expect(notice).to_contain_text("Assigned to Ada Admin.")
    long_ticket.refresh_from_db()
    assert long_ticket.assignee == admin
    expect(page.get_by_role("combobox", name="Assignee")).to_have_value(str(admin.pk))

    # What one did oneself meanwhile is no reason to refuse the message.
    page.get_by_role("button", name="Send reply", exact=True).click()
    expect(page.locator("#timeline")).to_contain_text("Half a sentence")


def test_without_script_every_decision_can_be_made(open_ticket, ticket, admin):
    page = open_ticket(ticket, java_script_enabled=False)
    assert page.get_by_role("combobox", name="Assignee").is_hidden()

    page.get_by_role("link", name="Change properties").click()
    page.get_by_label("Assignee").select_option(label="Ada Admin")
    page.get_by_role("button", name="Save properties").click()
    expect(page.get_by_text("Assigned to Ada Admin.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    ticket.refresh_from_db()
    assert ticket.assignee is None

    page.locator("summary", has_text="Hold").click()
    page.get_by_label("What it waits for").select_option(label="Scheduled")
    expect(page.get_by_text("This assigns the ticket to you.").first).to_be_visible()
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_text("is On Hold: scheduled")).to_be_visible()
    page.locator("summary", has_text="Resolve").click()
    page.get_by_role("button", name="Resolve").click()
    page.get_by_role("button", name="Close").click()
    page.locator("summary", has_text="Reopen").click()
    page.get_by_label("Why").fill("Not yet.")
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_text("is In Progress again")).to_be_visible()

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, admin)


def test_a_reply_that_takes_the_ticket_says_so_before_and_after(open_ticket, ticket, admin):
    page = open_ticket(ticket)
    said = page.get_by_text("Sending assigns the ticket to you.")
    expect(said).to_be_hidden()
    page.get_by_label("then set").select_option(label="On Hold: scheduled")
    expect(said).to_be_visible()
    page.get_by_label("then set").select_option(label="no other status")

    page.get_by_label("Message").fill("I look after this.")
    page.get_by_role("button", name="Reply and take").click()

    expect(page.locator("#timeline")).to_contain_text(re.compile(r"replied\s+· took this ticket"))
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.status) == (admin, Status.OPEN)
    assert page.get_by_role("button", name="Reply and take").count() == 0


def test_names_of_any_length_break_nothing_and_no_open_menu_does(open_ticket, open_browser, admin):
    person = UserFactory(first_name=LONG[:60], last_name=LONG)
    colleague = AdminFactory(first_name=LONG[:60], last_name=LONG)
    ticket = TicketFactory(requester=person, title=LONG * 3)
    ticket.reply("A" * 300, by=person)
    ticket.note(f"@{colleague.email} look.", by=admin)
    ticket.reply("On it.", by=colleague, take=True)
    page = open_ticket(ticket)

    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for menu in ("Hold", "Resolve", "More actions"):
                summary = (
                    page.locator("#ticket-actions summary").filter(has=page.get_by_text(menu))
                    if menu != "More actions"
                    else page.locator("#ticket-actions summary[aria-label]")
                )
                summary.click()
                assert places(page)["over"] <= 0, (width, menu)
                box = page.locator("#ticket-actions details[open] > :not(summary)").bounding_box()
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width, (width, menu)
                page.evaluate("document.getAnimations().forEach((fading) => fading.finish())")
                assert violations(page) == [], (width, scheme, menu)
                page.keyboard.press("Escape")


def test_from_one_resolved_ticket_to_the_next_costs_two_clicks_each(sit_down, requester, admin):
    tickets = [TicketFactory(requester=requester, title=f"Toner {number}") for number in range(3)]
    for ticket in tickets:
        ticket.take(by=admin)
    page = sit_down(admin, "/admin/tickets/ticket/?sort=number&status=open")
    page.get_by_role("link", name="Toner 0").first.click()

    page.locator("summary", has_text="Resolve").click()
    page.get_by_label("Afterwards").select_option(label="Next ticket of the list")
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toner 1")
    assert clicks_in(page) == 5

    page.locator("summary", has_text="Resolve").click()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toner 2")
    assert clicks_in(page) == 7
