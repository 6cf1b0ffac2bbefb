"""What those need who read in forced colours, with the keyboard, with a screen reader, or on paper."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tickets.models import CannedReply, HoldReason, Ticket, Upload
from tickets.tests.factories import RequestTypeFactory, TicketFactory

from .conftest import sign_in, violations

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LIST = "/admin/tickets/ticket/"
CODE = "```\n" + "x" * 300 + "\n```"
# What has the focus, and whether anything lies over it, or it is beyond the window.
FOCUS = """() => {
  const element = document.activeElement;
  const { opacity, clipPath } = getComputedStyle(element);
  // A radio button or a field for files may be drawn as its label.
  const drawn = Number(opacity) && clipPath === "none" ? element : element.labels[0];
  const box = [...drawn.getClientRects()].find(({ width, height }) => width && height);
  if (element === document.body || !box) return { name: element.tagName, isBody: element === document.body };
  const name = `${element.tagName} ${element.ariaLabel ?? element.textContent.trim().slice(0, 40)}`;
  const middle = (box.left + box.right) / 2;
  const covered = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].filter((height) => {
    const top = document.elementFromPoint(middle, height);
    return !top || !(drawn.contains(top) || top.contains(drawn));
  });
  return { name, covered: covered.length };
}"""


@pytest.fixture
def ticket(requester: Any, admin: Any) -> Ticket:
    """One whose history is longer than any window, with links, code, a file, a picture and a note."""
    ticket = TicketFactory(requester=requester, title="Printer on the second floor", description=CODE)
    ticket.take(by=admin)
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    sent = SimpleUploadedFile("list.txt", b"a list"), SimpleUploadedFile("screen.png", drawn.getvalue())
    files = [Upload.objects.receive(file, owner=requester, form="new-1") for file in sent]
    ticket.reply("See https://status.example.org/printers", by=requester, files=files)
    for turn in range(10):
        ticket.note(f"Note {turn}: https://wiki.example.org/{turn}\n\nMore than one line.", by=admin)
    ticket.hold(HoldReason.THIRD_PARTY, by=admin)
    return ticket


@pytest.fixture
def come(open_browser: Callable[..., Page]) -> Callable[..., Page]:
    def sign_in_and_go(person: Any, address: str, **options: Any) -> Page:
        page = open_browser(reduced_motion="reduce", **{"viewport": DESK, **options})
        sign_in(page, person.email)
        page.goto(address)
        return page

    return sign_in_and_go


def styles(element: Locator, *names: str) -> list[str]:
    found: list[str] = element.first.evaluate(
        "(element, names) => names.map((name) => getComputedStyle(element)[name])", list(names)
    )
    return found


# -- menus -----------------------------------------------------------------------------------------
def open_menu(menu: Locator) -> None:
    """Open a menu and wait for what it holds; some fetch it each time."""
    menu.evaluate("(menu) => menu.querySelector('[data-menu] > *')?.setAttribute('data-old', '')")
    menu.locator("summary").first.click()
    expect(menu).to_have_attribute("open", "")
    expect(menu.locator("[data-old]")).to_have_count(0)


def leave_in_any_way(page: Page, menu: Locator) -> None:
    """Open a menu and leave it: by Escape, by a click beside it, by Tab at its end."""
    for way in ("Escape", "click", "Tab"):
        open_menu(menu)
        if way == "click":
            page.mouse.click(2, page.viewport_size["height"] - 2)
        elif way == "Tab":
            menu.evaluate(
                "(menu) => [...menu.querySelectorAll('a, button, input, select, textarea')]"
                ".filter((each) => each.checkVisibility()).at(-1).focus()"
            )
        if way != "click":
            page.keyboard.press(way)
        expect(menu).not_to_have_attribute("open", "")


def test_every_menu_closes_when_it_is_left_and_can_be_read(
    come: Callable[..., Page], admin: Any, other_admin: Any, requester: Any, ticket: Ticket
) -> None:
    CannedReply.objects.create(title="New part", body="A new part is in.")
    page = come(admin, LIST)
    page.get_by_role("checkbox", name="Select HD-").first.check()
    found = {"bulk": open_menus(page, page.locator("#bulk details.hd-menu"))}
    page.get_by_role("checkbox", name="Select HD-").first.uncheck()
    found["list"] = open_menus(page, page.locator("details.hd-menu"))
    page.goto(f"{LIST}{ticket.pk}/change/")
    page.locator("summary", has_text="Canned replies").wait_for()
    found["ticket"] = open_menus(page, page.locator("#content details.hd-menu"))
    page.set_viewport_size(PHONE)
    found["console's phone"] = open_menus(page, page.locator(".cs-burger"))
    reader = come(requester, "/tickets/")
    found["portal"] = open_menus(reader, reader.locator("details.hd-menu"))
    reader.set_viewport_size(PHONE)
    found["portal's phone"] = open_menus(reader, reader.locator(".pt-menu-s"))

    assert found == {
        "bulk": 1,
        "list": 8,
        "ticket": 4,
        "console's phone": 1,
        "portal": 1,
        "portal's phone": 1,
    }


def open_menus(page: Page, menus: Locator) -> int:
    """Leave each of the menus that are seen, and have axe-core look at it while it is open. Answers how many."""
    seen = [menu for menu in menus.all() if menu.locator("summary").first.is_visible()]
    for menu in seen:
        leave_in_any_way(page, menu)
        open_menu(menu)
        assert violations(page, "details[open]") == []
        page.keyboard.press("Escape")
    return len(seen)


def test_what_opens_while_one_writes_can_be_read(
    come: Callable[..., Page], admin: Any, other_admin: Any, requester: Any, ticket: Ticket
) -> None:
    page = come(admin, f"{LIST}{ticket.pk}/change/")
    # A picture and a file in a message.
    assert violations(page, "#timeline") == []
    page.locator("[data-composer] label", has_text="Internal note").click()
    page.get_by_label("Message").press_sequentially("Ask @Osk")
    expect(page.get_by_role("listbox", name="Colleagues").get_by_role("option")).to_have_count(1)
    assert violations(page, "#composer") == []
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    assert violations(page, "#content") == []

    reader = come(requester, f"/tickets/{ticket.pk}/")
    reader.locator("textarea[name=text]").fill(f"> quote\n\n{CODE}")
    reader.get_by_role("button", name="Preview").click()
    expect(reader.get_by_role("heading", name="Preview")).to_be_visible()
    assert violations(reader, "main") == []


# -- the keyboard ----------------------------------------------------------------------------------
def go_through(page: Page, key: str, most: int) -> list[str]:
    """Press Tab or Shift+Tab until the page ends. Answers what could not be seen while it had the focus."""
    hidden = []
    for _ in range(most):
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if focus.get("isBody"):
            break
        if focus.get("covered"):
            hidden.append(focus["name"])
    return hidden


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_what_has_the_focus_is_seen_on_a_long_ticket(
    viewport: dict[str, int], come: Callable[..., Page], admin: Any, ticket: Ticket
) -> None:
    page = come(admin, f"{LIST}{ticket.pk}/change/", viewport=viewport)

    assert go_through(page, "Tab", 120) == []
    page.get_by_label("Message").focus()
    assert go_through(page, "Shift+Tab", 20) == []


def test_what_has_the_focus_is_seen_in_a_list_whose_tools_stay(
    come: Callable[..., Page], admin: Any, requester: Any
) -> None:
    for number in range(16):
        TicketFactory(requester=requester, title=f"Ticket {number}")
    page = come(admin, LIST, viewport={"width": 1280, "height": 500})
    page.get_by_role("checkbox", name="Select HD-").last.check()

    assert go_through(page, "Shift+Tab", 50) == []


# -- forced colours --------------------------------------------------------------------------------
def is_outlined(element: Locator) -> bool:
    style, width = styles(element, "outlineStyle", "outlineWidth")
    return style != "none" and float(width.removesuffix("px")) >= 2


def test_forced_colours_show_what_grounds_and_shadows_say_elsewhere(
    come: Callable[..., Page], admin: Any, requester: Any, ticket: Ticket
) -> None:
    page = come(admin, LIST, forced_colors="active")
    assert is_outlined(page.locator("#cs-side a[aria-current=page]"))
    page.get_by_role("link", name="Peek at").first.click()
    expect(page.locator("tr[data-peeked]")).to_have_count(1)
    assert is_outlined(page.locator("tr[data-peeked]"))
    page.goto(f"{LIST}{ticket.pk}/change/")
    note = page.locator("[data-composer] label", has_text="Internal note")
    assert not is_outlined(note)
    note.click()
    assert is_outlined(note)
    page.get_by_label("Message").focus()
    assert is_outlined(page.locator(".hd-composer"))

    RequestTypeFactory(name="Network Issue")
    reader = come(requester, "/tickets/new/", forced_colors="active")
    assert is_outlined(reader.locator(".pt-nav a[aria-current]"))
    reader.get_by_label("Title").focus()
    assert is_outlined(reader.get_by_label("Title"))
    tile = reader.locator(".hd-tile").last
    tile.click()
    assert is_outlined(tile)
    reader.goto("/notifications/preferences/")
    # Drawn by the browser: our tick would be gone with its ground.
    assert styles(reader.get_by_role("checkbox"), "appearance") == ["auto"]
    reader.goto(f"/tickets/{ticket.pk}/")
    steps = reader.locator(".pt-steps li")
    assert styles(steps.first, "borderTopStyle") != styles(steps.last, "borderTopStyle")


# -- paper -----------------------------------------------------------------------------------------
def test_a_printed_ticket_is_what_was_said_by_whom_and_nothing_to_press(
    come: Callable[..., Page], admin: Any, requester: Any, ticket: Ticket
) -> None:
    agent = come(admin, f"{LIST}{ticket.pk}/change/", color_scheme="dark")
    reader = come(requester, f"/tickets/{ticket.pk}/", color_scheme="dark")
    for page in (agent, reader):
        page.set_viewport_size({"width": 794, "height": 1100})
        page.emulate_media(media="print")

        for shown in ("Printer on the second floor", ticket.reference, "list.txt", "Ada Admin"):
            expect(page.get_by_text(shown).filter(visible=True).first).to_be_visible()
        expect(page.locator("dl").get_by_text(str(ticket.request_type)).filter(visible=True)).to_have_count(1)
        # Nothing to press, go to or write in; links are those that were sent.
        pressed = page.locator("button, summary, input, select, textarea, nav a, header.pt-bar a, #header a")
        assert [each.inner_text() for each in pressed.all() if each.is_visible()] == []
        # Others read it: "You" is named.
        own = page.locator("[data-you]").first
        assert own.evaluate("(you) => getComputedStyle(you, '::after').content").count(
            "Ada Admin" if page is agent else "Rita Requester"
        )
        code = page.locator("pre").first
        assert code.evaluate("(code) => code.scrollWidth <= code.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # Dark on light, whatever the theme.
        assert styles(page.locator("body"), "backgroundColor", "color") == [
            "rgb(255, 255, 255)",
            "rgb(21, 32, 35)",
        ]
        assert page.pdf().startswith(b"%PDF")
    # Properties before what was said.
    for page, properties in ((agent, "#h-properties"), (reader, ".hd-props")):
        above, below = page.locator(properties).bounding_box(), page.locator("#timeline").bounding_box()
        assert above["y"] < below["y"]
    expect(agent.get_by_text("Internal note, hidden from").first).to_be_visible()
    expect(reader.get_by_text("Note 1")).to_have_count(0)
