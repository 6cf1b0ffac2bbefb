"""Beside the composer: drafts that come back, canned replies, colleagues to mention, who else is there."""

import re

import pytest
from playwright.sync_api import expect

from tickets.models import CannedReply, Draft, Mention, Presence

from .conftest import sign_in, violations, wait_until


@pytest.fixture
def at_ticket(open_browser, ticket):
    """Open the ticket in the console as the given person."""

    def come(person, **options):
        person.set_password("quiet river under stones")
        person.save()
        page = open_browser(**options)
        sign_in(page, person.email)
        page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")
        return page

    return come


def writing(page, visibility):
    """Choose who reads it, and answer the field."""
    page.locator(
        "[data-composer] label", has_text={"reply": "Reply to", "note": "Internal note"}[visibility]
    ).click()
    return page.locator("form[data-composer] textarea[name=text]")


def test_what_is_typed_is_kept_after_a_second_and_when_the_page_is_left(at_ticket, admin):
    page = at_ticket(admin)

    writing(page, "reply").press_sequentially("Have you")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"Draft saved \d\d:\d\d"))).to_be_visible()
    assert Draft.objects.get().text == "Have you"

    writing(page, "reply").press_sequentially(" restarted?")
    page.goto("/admin/")
    wait_until(page, lambda: Draft.objects.get().text == "Have you restarted?")

    page.go_back()
    page.reload()
    expect(page.get_by_text("Your draft is back.")).to_be_visible()
    expect(writing(page, "reply")).to_have_value("Have you restarted?")


def test_a_text_that_becomes_a_note_is_no_draft_of_a_reply_any_more(at_ticket, admin, ticket):
    page = at_ticket(admin)
    writing(page, "reply").press_sequentially("He has not restarted.")
    expect(page.get_by_text("Draft saved")).to_be_visible()

    writing(page, "note")

    wait_until(page, lambda: Draft.objects.texts(admin, ticket) == {"note": "He has not restarted."})


def test_a_sent_message_leaves_no_draft(at_ticket, admin, ticket):
    page = at_ticket(admin)
    writing(page, "note").press_sequentially("He has not restarted.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Your note is saved.")).to_be_visible()
    # A draft would be kept by now.
    page.wait_for_timeout(1200)

    assert not Draft.objects.exists()
    assert ticket.events.last().text == "He has not restarted."


def test_a_canned_reply_goes_where_the_cursor_is(at_ticket, admin):
    CannedReply.objects.create(title="Greeting", body="Hello {{requester_first_name}}")
    page = at_ticket(admin)
    writing(page, "reply").fill("!")
    writing(page, "reply").press("Home")

    page.get_by_text("Canned replies", exact=True).and_(page.locator("summary")).click()
    page.get_by_role("button", name="Greeting").click()

    expect(writing(page, "reply")).to_have_value("Hello Rita!")
    assert page.locator("[data-canned-link]").is_hidden()


def test_a_colleague_is_chosen_with_the_keys(at_ticket, admin, other_admin):
    page = at_ticket(admin)
    field, offered = writing(page, "note"), page.get_by_role("listbox", name="Colleagues")

    field.press_sequentially("Ask @a")
    expect(offered.get_by_role("option")).to_have_count(2)
    field.press("Escape")
    expect(offered).to_be_hidden()
    field.press_sequentially("d")
    field.press("Backspace")
    field.press("Backspace")
    field.press_sequentially("Osk")
    expect(offered.get_by_role("option")).to_have_count(1)
    assert violations(page) == []
    field.press("Enter")

    expect(field).to_have_value("Ask @Oskar Otheradmin ")
    assert not Mention.objects.exists()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_colleagues_see_each_other(width, scheme, at_ticket, admin, other_admin, ticket):
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    theirs = at_ticket(other_admin)
    mine = at_ticket(admin, **options)
    expect(mine.get_by_text("Oskar Otheradmin is viewing this ticket")).to_be_visible()

    writing(theirs, "reply").press_sequentially("Have you")
    ticket.take(by=other_admin)
    wait_until(mine, lambda: Presence.objects.filter(person=other_admin, writing=True).exists())
    mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(mine.get_by_text("Oskar Otheradmin is writing a reply")).to_be_visible()
    expect(mine.get_by_text("This ticket has changed.")).to_be_visible()
    CannedReply.objects.create(title="Greeting", body="Hello")
    mine.locator("summary", has_text="Canned replies").click()
    expect(mine.get_by_role("button", name="Greeting")).to_be_visible()
    assert mine.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(mine) == []
    theirs.goto("/admin/")
    wait_until(theirs, lambda: not Presence.objects.filter(person=other_admin).exists())
