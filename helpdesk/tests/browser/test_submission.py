"""The portal's form for a new ticket: its draft, its tiles, its files; and the question for the time zone."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tickets.models import RequestType, SubmissionDraft, Ticket, Upload
from tickets.tests.factories import RequestTypeFactory

from .conftest import sign_in, violations, wait_until


@pytest.fixture
def at_form(open_browser, requester):
    """Open the form as the requester."""

    def come(**options):
        for name in ("Hardware Issue", "Other"):
            RequestTypeFactory(name=name)
        requester.set_password("quiet river under stones")
        requester.save()
        page = open_browser(**options)
        sign_in(page, requester.email)
        page.goto("/tickets/new/")
        return page

    return come


def test_what_is_typed_is_kept_comes_back_and_goes_once_sent(at_form, requester):
    page = at_form()
    page.get_by_label("Title").press_sequentially("Printer")
    page.get_by_role("radio", name="Hardware Issue").check()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"Draft saved \d\d:\d\d"))).to_be_visible()

    page.get_by_label("Description").press_sequentially("Eats paper")
    page.goto("/tickets/")
    wait_until(page, lambda: SubmissionDraft.objects.get().description == "Eats paper")

    page.goto("/tickets/new/")
    expect(page.get_by_text("Your draft is back.")).to_be_visible()
    expect(page.get_by_role("radio", name="Hardware Issue")).to_be_checked()
    expect(page.get_by_label("Description")).to_have_value("Eats paper")
    assert violations(page) == []
    page.get_by_label("Description").press_sequentially(" since Monday")
    page.get_by_role("button", name="Create Ticket").click()
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))

    ticket = Ticket.objects.get()
    assert ticket.requester == requester
    assert not SubmissionDraft.objects.exists()


def test_two_tabs_leave_each_other_s_text_alone(at_form):
    first = at_form()
    second = first.context.new_page()
    second.goto("/tickets/new/")
    first.get_by_label("Title").press_sequentially("Printer")
    wait_until(first, lambda: SubmissionDraft.objects.filter(title="Printer").exists())

    second.get_by_label("Title").press_sequentially("Scanner")
    wait_until(second, lambda: SubmissionDraft.objects.filter(title="Scanner").exists())

    expect(first.get_by_label("Title")).to_have_value("Printer")
    first.get_by_role("radio", name="Other").check()
    first.get_by_label("Description").fill("Eats paper")
    wait_until(first, lambda: SubmissionDraft.objects.filter(description="Eats paper").exists())
    second.get_by_label("Title").press_sequentially(" too")
    wait_until(second, lambda: SubmissionDraft.objects.filter(title="Scanner too").exists())
    first.get_by_role("button", name="Create Ticket").click()
    first.wait_for_url(re.compile(r"/tickets/\d+/$"))

    assert Ticket.objects.get().title == "Printer"
    assert SubmissionDraft.objects.get().title == "Scanner too"


def test_no_tile_stands_alone(at_form):
    page = at_form()
    RequestType.objects.update(is_active=False)

    for number in (1, 4, 5, 8, 9, 10, 13):
        while RequestType.objects.filter(is_active=True).count() < number:
            RequestType.objects.create(name=f"Type {RequestType.objects.count()}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.reload()
            boxes = [tile.bounding_box() for tile in page.locator(".hd-tile").all()]
            whole = page.locator(".hd-tiles").bounding_box()["width"]
            assert len(boxes) == number
            last = [box for box in boxes if box["y"] == boxes[-1]["y"]]
            assert len(last) > 1 or last[0]["width"] == pytest.approx(whole), (number, width, last)


def test_the_field_for_files_is_reached_by_keyboard_and_shows_where_files_fall(at_form):
    page = at_form()
    page.get_by_label("Description").focus()
    page.keyboard.press("Tab")
    field = page.get_by_label("Files (optional)")
    expect(field).to_be_focused()
    zone = page.locator(".hd-drop")
    assert zone.evaluate("zone => getComputedStyle(zone).outlineStyle") == "solid"
    assert zone.evaluate("zone => getComputedStyle(zone).borderTopStyle") == "dashed"

    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["x"], "a.txt", { type: "text/plain" }));
          window.falls = (name) => document.querySelector("#id_files")
            .dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
          window.falls("dragenter");
        }"""
    )
    assert zone.evaluate("zone => getComputedStyle(zone).borderTopStyle") == "solid"
    page.evaluate("window.falls('drop')")

    expect(page.get_by_role("list", name="Files to send")).to_contain_text("a.txt")
    wait_until(page, lambda: Upload.objects.count() == 1)
    assert zone.evaluate("zone => getComputedStyle(zone).borderTopStyle") == "dashed"


def test_without_script_the_form_works_as_any(at_form):
    page = at_form(java_script_enabled=False)
    page.get_by_label("Title").fill("Printer")
    page.get_by_role("radio", name="Other").check()
    page.get_by_label("Description").fill("Eats paper")
    page.get_by_label("Files (optional)").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    assert page.get_by_label("Files (optional)").evaluate("field => getComputedStyle(field).opacity") == "1"
    page.get_by_role("button", name="Create Ticket").click()

    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    expect(page.get_by_text("a.txt")).to_be_visible()


def test_the_time_zone_is_asked_once(at_form, requester):
    page = at_form(timezone_id="Asia/Tokyo")
    question = page.get_by_text("Your browser is in Asia/Tokyo. Show times in this time zone?")
    expect(question).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Title").fill("Half a")

    page.get_by_role("button", name="Yes").click()

    expect(page.get_by_text("From the next page on, times are shown in Asia/Tokyo.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Half a")
    assert User.objects.get(pk=requester.pk).time_zone == "Asia/Tokyo"
    page.goto("/tickets/")
    expect(page.get_by_text("Times in Asia/Tokyo")).to_be_visible()
    expect(question).to_have_count(0)
