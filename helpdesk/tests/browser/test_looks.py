"""Every page as people get it: on a phone and a desk, light and dark. Nothing axe-core objects to, nothing
that has to be scrolled sideways, also at 320 pixels and enlarged to twice the size, nothing cut, also where somebody
sets letters, words and lines wider apart (WCAG 1.4.4, 1.4.10, 1.4.12), one heading of the first rank.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.tests.factories import AdminFactory, UserFactory
from helpdesk.mail import sent_mail
from tickets.mail.outbound.unsubscribe import token_of
from tickets.models import BulkChange, HoldReason, SavedView, Ticket
from tickets.tests.factories import FailedTaskFactory, RequestTypeFactory, TicketFactory
from tickets.tests.naughty import TITLES

from ..examples import is_longer_look
from .conftest import sign_in, violations

# A desk, a phone, and a desk's window whose page is enlarged to 200 % and to 400 %.
DESK, PHONE, TWICE, FOUR_TIMES = (1280, 900), (390, 900), (640, 400), (320, 256)
PARTS = 3
BEYOND = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# As the reader's own style sheet would; the content policy lets no page have one.
SPACE = """(isWanted) => {
  window.ownSheet ??= new CSSStyleSheet();
  ownSheet.replaceSync(isWanted ? `* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }` : "");
  document.adoptedStyleSheets = [ownSheet];
}"""
# Words of which a part is not shown, but those that end in three dots and are there in full for who points at them.
CUT = """() => {
  const isTold = (element, { textOverflow, webkitLineClamp }) =>
    (textOverflow === "ellipsis" || webkitLineClamp !== "none")
    && (element.closest("[title]") || element.querySelector("[title]"));
  const all = "body *:not(svg, svg *, option, input, textarea, select, br)";
  return [...document.querySelectorAll(all)].filter((element) => {
    const beyond = {
      X: element.scrollWidth - element.clientWidth > 1, Y: element.scrollHeight - element.clientHeight > 1,
    };
    if (!(beyond.X || beyond.Y) || element.clientWidth < 2 || !element.checkVisibility()) return false;
    const style = getComputedStyle(element);
    const isCut = ["X", "Y"].some((way) => beyond[way] && ["hidden", "clip"].includes(style[`overflow${way}`]));
    // What is for screen readers alone is cut on purpose.
    return isCut && style.clipPath === "none" && !isTold(element, style);
  }).map((element) => `${element.outerHTML.slice(0, 120)} …`);
}"""


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page at this address, in any width and scheme."""
    found = []
    answer = page.goto(address)
    assert answer is not None
    if page.locator("h1").count() != 1:
        found.append(f"{address}: {page.locator('h1').count()} first headings")
    for (width, height), schemes in looks_at(address).items():
        page.set_viewport_size({"width": width, "height": height})
        found += squeezed(page, f"{address} at {width} px")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            # Colours fade from one scheme to the other; half-way they are nobody's. Ended, not waited for:
            # a browser that draws no frames would never come to the end.
            page.evaluate("document.getAnimations().forEach((fading) => fading.finish())")
            found += [f"{address} at {width} px, {scheme}: {fault}" for fault in violations(page)]
    return found


def looks_at(address: str) -> dict[tuple[int, int], tuple[str, ...]]:
    """Answer the windows in which a page is looked at, each with the schemes in which axe-core looks at it, too.

    All of them in `make soak`; else the console at a desk in light, the rest on a phone in dark, and the narrowest.
    """
    if is_longer_look():
        return {DESK: ("light", "dark"), PHONE: ("light", "dark"), TWICE: (), FOUR_TIMES: ()}
    usual: dict[tuple[int, int], tuple[str, ...]] = (
        {DESK: ("light",)} if address.startswith("/admin/") else {PHONE: ("dark",)}
    )
    return {**usual, FOUR_TIMES: ()}


def squeezed(page: Page, where: str) -> list[str]:
    """What does not fit in the window, as it is and with wider letters, words and lines."""
    found = []
    for is_spaced in (False, True):
        page.evaluate(SPACE, is_spaced)
        where += ", spaced" if is_spaced else ""
        if page.evaluate(BEYOND):
            found.append(f"{where} has to be scrolled sideways")
        found += [f"{where} cuts {element}" for element in page.evaluate(CUT)]
    page.evaluate(SPACE, False)
    return found


@pytest.fixture
def cast() -> dict[str, Any]:
    return {
        "user": UserFactory(
            email="user@example.org",
            first_name="Wolfeschlegel",
            last_name="Steinhausenbergerdorff-von-und-zu-Guttenberg-Hohenlohe",
        ),
        "admin": AdminFactory(email="admin@example.org", first_name="Ada", last_name="Brandt"),
        "new": UserFactory(email="new@example.org", first_name="Nora"),
    }


@pytest.fixture
def tickets(cast: dict[str, Any]) -> dict[str, Ticket]:
    """One in every state, with titles that break layouts."""
    user, admin = cast["user"], cast["admin"]
    for name in ("Access Request", "Network Issue", "Offboarding Request"):
        RequestTypeFactory(name=name, hint="A few examples")
    for text in TITLES:
        TicketFactory(requester=user, title=text, description=text * 5)
    made = {
        name: TicketFactory(requester=user, title=f"Ticket {name}", description="Words\n\nand lines " * 20)
        for name in ("open", "held", "resolved", "rated", "withdrawn", "trashed")
    }
    for name in ("held", "resolved", "rated"):
        made[name].take(by=admin)
    made["held"].edit(by=user, title="Ticket held and edited", description="New words")
    made["held"].hold(HoldReason.REQUESTER, by=admin, text="Which one?\n" * 3)
    made["resolved"].resolve(by=admin, text="W" * 300)
    made["rated"].resolve(by=admin)
    made["rated"].rate(2, by=user, comment="Slow, " * 40)
    made["withdrawn"].withdraw(by=user)
    made["wide"] = Ticket.objects.get(title="W" * 200)
    made["trashed"].trash(by=admin)
    return made


def test_pages_for_guests(open_browser: Callable[..., Page]) -> None:
    page = open_browser(reduced_motion="reduce")
    addresses = [
        "/auth/login/",
        "/auth/register/",
        "/auth/password/reset/",
        "/auth/password/reset/done/",
        "/auth/password/reset/key/x-nonsense/",
        "/auth/password/reset/key/done/",
        "/auth/confirm-email/",
        "/auth/confirm-email/nonsense/",
        "/auth/inactive/",
        "/nothing/here/",
    ]

    found = [fault for address in addresses for fault in faults(page, address)]
    assert not found, "\n".join(found)


def test_pages_of_the_portal(
    open_browser: Callable[..., Page], cast: dict[str, Any], tickets: dict[str, Ticket]
) -> None:
    page = open_browser(reduced_motion="reduce")
    sign_in(page, "user@example.org")
    addresses = [
        "/tickets/",
        "/tickets/?q=nothing-like-it",
        "/tickets/new/",
        "/tickets/update/",
        *(f"/tickets/{tickets[name].pk}/" for name in ("open", "held", "resolved", "rated", "withdrawn")),
        f"/tickets/{tickets['open'].pk}/edit/",
        f"/tickets/{tickets['wide'].pk}/",
        f"/tickets/{tickets['wide'].pk}/edit/",
        f"/tickets/{tickets['wide'].pk}/withdraw/",
        f"/tickets/{tickets['resolved'].pk}/feedback/",
        f"/tickets/{tickets['resolved'].pk}/reopen/",
        f"/tickets/{tickets['trashed'].pk}/",
        "/notifications/",
        "/notifications/?show=unread",
        "/notifications/preferences/",
        f"/tickets/unwatch/{token_of(cast['user'], tickets['open'])}/",
        "/auth/profile/",
        "/auth/password/change/",
        "/auth/email/",
        "/auth/logout/",
        "/help/",
        "/help/users/tickets/",
    ]

    found = [fault for address in addresses for fault in faults(page, address)]
    assert not found, "\n".join(found)


def test_lists_and_quotes_are_as_large_as_the_words_around_them(
    open_browser: Callable[..., Page], cast: dict[str, Any]
) -> None:
    ticket = TicketFactory(requester=cast["user"], description="Words\n- item\n  > quote\n\n> quote")
    page = open_browser(reduced_motion="reduce")
    sign_in(page, "admin@example.org")
    page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")

    sizes = page.locator(".hd-md").first.evaluate(
        "(words) => [...words.querySelectorAll('*')].map((each) => getComputedStyle(each).fontSize)"
    )
    assert len(sizes) > 5
    assert len(set(sizes)) == 1


def test_empty_pages_and_forms_that_were_refused(
    open_browser: Callable[..., Page], cast: dict[str, Any]
) -> None:
    page = open_browser(reduced_motion="reduce")
    sign_in(page, "new@example.org")
    found = faults(page, "/tickets/") + faults(page, "/tickets/update/")

    page.goto("/tickets/new/")
    page.get_by_label("Title").fill("\u200b")
    page.get_by_role("button", name="Create Ticket").click()
    found += violations(page)

    assert found == []
    # The summary has the focus, so that a screen reader starts there.
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


@pytest.fixture
def letter(settings: Any, tmp_path: Path) -> sent_mail.SentMessage:
    settings.DATA_DIR = tmp_path
    sent_mail.keep(
        f"Subject: {'W' * 200}\nTo: {'w' * 60}@example.org\n\nhttps://example.org/{'w' * 200}".encode()
    )
    return sent_mail.sent_messages()[0]


def bulk_changes(admin: Any) -> list[str]:
    """The addresses of one to be chosen, one to be confirmed, and one that is done."""
    choices = (("", {}), ("resolve", {"text": "W" * 300}), ("assign", {"assignee": admin.pk}))
    made = []
    for verb, values in choices:
        change = BulkChange.objects.plan(
            Ticket.objects.all(), by=admin, action="status" if verb != "assign" else verb
        )
        if verb:
            change.choose(verb, **values)
        made.append(change)
    made[-1].confirm()
    made[-1].work()
    return [f"/admin/tickets/ticket/bulk/{change.pk}/" for change in made]


# In parts, so that several processes look at them: the browser takes minutes for all.
@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_the_console(
    part: int,
    open_browser: Callable[..., Page],
    cast: dict[str, Any],
    tickets: dict[str, Ticket],
    letter: sent_mail.SentMessage,
) -> None:
    cast["new"].ask_to_be_admin()
    dead, _ = FailedTaskFactory(), FailedTaskFactory(traceback=f"helpdesk.tasks.task.Final: {'W' * 300}\n")
    page = open_browser(reduced_motion="reduce")
    sign_in(page, "admin@example.org")
    user = cast["user"]
    view = SavedView.objects.create(name="W" * 60, query="status=open&q=" + "w" * 200)
    addresses = [
        "/admin/",
        "/admin/tickets/",
        "/admin/accounts/",
        "/admin/tickets/ticket/",
        "/admin/tickets/ticket/?q=nothing-like-it",
        "/admin/tickets/ticket/?trash=true",
        *bulk_changes(cast["admin"]),
        "/admin/tickets/ticket/?status=nonsense&requester=anna&opened=today&rating=none&sort=number",
        "/admin/tickets/savedview/",
        "/admin/tickets/savedview/add/?status=open",
        f"/admin/tickets/savedview/{view.pk}/change/",
        f"/admin/tickets/savedview/{view.pk}/delete/",
        *(f"/admin/tickets/ticket/{ticket.pk}/change/" for ticket in tickets.values()),
        f"/admin/tickets/ticket/{tickets['open'].pk}/edit/",
        f"/admin/tickets/ticket/{tickets['wide'].pk}/edit/",
        f"/admin/tickets/ticket/{tickets['wide'].pk}/delete/",
        "/admin/helpdesk/failedtask/",
        f"/admin/helpdesk/failedtask/{dead.pk}/discard/",
        "/admin/tickets/feedback/",
        "/admin/tickets/ticketevent/",
        "/admin/tickets/ticket/add/",
        "/admin/accounts/invitation/",
        "/admin/mail/",
        f"/admin/mail/{letter.name}/",
        "/admin/tickets/thankyouphrase/",
        "/admin/tickets/requesttype/",
        "/admin/tickets/requesttype/add/",
        f"/admin/tickets/requesttype/{tickets['open'].request_type_id}/change/",
        "/admin/accounts/user/",
        "/admin/accounts/user/?q=nothing-like-it",
        f"/admin/accounts/user/{user.pk}/change/",
        f"/admin/accounts/user/{user.pk}/deactivate/",
        f"/admin/accounts/user/{user.pk}/history/",
        "/admin/accounts/adminrequest/",
        "/help/",
        "/help/admins/lists/",
        "/help/operators/installation/",
        "/help/operators/import/",
    ]

    found = [fault for address in addresses[part::PARTS] for fault in faults(page, address)]
    assert not found, "\n".join(found)


def test_pages_of_both_halves_in_the_console(
    open_browser: Callable[..., Page], cast: dict[str, Any], tickets: dict[str, Ticket]
) -> None:
    page = open_browser(reduced_motion="reduce")
    sign_in(page, "admin@example.org")
    addresses = [
        "/notifications/",
        "/notifications/preferences/",
        "/auth/profile/",
        "/auth/password/change/",
        "/auth/email/",
        "/auth/logout/",
        "/nothing/here/",
        "/admin/tickets/ticket/99999/change/",
    ]

    found = [fault for address in addresses for fault in faults(page, address)]
    assert not found, "\n".join(found)


def test_the_whole_form_can_be_filled_with_the_keyboard(
    open_browser: Callable[..., Page], cast: dict[str, Any]
) -> None:
    RequestTypeFactory(name="Network Issue")
    page = open_browser(reduced_motion="reduce")
    sign_in(page, "new@example.org")
    page.goto("/tickets/new/")

    page.get_by_label("Title").focus()
    page.keyboard.type("No network")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Since lunch.")
    page.keyboard.press("Control+Enter")

    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    assert Ticket.objects.get().title == "No network"
