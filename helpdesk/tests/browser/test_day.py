"""Working days of an admin: one of all sorts, beside others at their browsers; and one of twenty tickets."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import AdminRequest, User
from accounts.tests.factories import PASSWORD
from tickets.models import CannedReply, Mention, Notification, Status, Ticket
from tickets.tests.factories import TicketFactory

from .conftest import sign_in
from .hands import DISCLOSURE, Keyboard, clicks_in


@pytest.fixture
def oldest(requester):
    return TicketFactory(requester=requester, title="Screen stays dark")


@pytest.fixture
def finished(requester, other_admin):
    """Two tickets that are resolved and only need to be closed."""
    tickets = [TicketFactory(requester=requester, title=f"Toner {number}") for number in (1, 2)]
    for ticket in tickets:
        ticket.take(by=other_admin)
        ticket.resolve(by=other_admin)
    return tickets


@pytest.fixture
def trashed(requester, other_admin):
    ticket = TicketFactory(requester=requester, title="Deleted by mistake")
    ticket.trash(by=other_admin)
    return ticket


def write(page: Page, visibility: str, text: str) -> None:
    """Type into the composer of the console. visibility: the words of its choice."""
    page.locator("[data-composer] label", has_text=visibility).click()
    page.get_by_label("Message").fill(text)


def take_the_oldest(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("button", name=re.compile("^Take")).first.click()
    expect(page.get_by_role("status").first).to_contain_text("is yours")


def ask(page: Page, ticket: Ticket) -> None:
    page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")
    write(page, "Reply to", "Does the lamp at the front glow?")
    page.get_by_label("then set").select_option(label="On Hold: waiting for requester")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("status").first).to_contain_text("is sent")


def answer(page: Page, ticket: Ticket) -> None:
    page.goto(ticket.get_absolute_url())
    expect(page.get_by_text("Does the lamp at the front glow?").first).to_be_visible()
    page.get_by_label("Your reply").fill("It does not.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("It does not.").first).to_be_visible()


def note_and_hand_over(page: Page, ticket: Ticket) -> None:
    page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")
    expect(page.get_by_text("It does not.").first).to_be_visible()
    write(page, "Internal note", "Looks like the power supply, @Oskar Otheradmin has spare ones.")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_role("status").first).to_contain_text("Your note is saved")
    page.get_by_label("Assignee").select_option(label="Oskar Otheradmin")
    expect(page.locator("#notices")).to_contain_text("Assigned to Oskar Otheradmin.")


def resolve_with_a_canned_reply(page: Page, ticket: Ticket) -> None:
    page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")
    page.locator("summary", has_text="Canned replies").click()
    page.get_by_role("button", name="New part").click()
    page.get_by_label("then set").select_option(label="Resolved")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("status").first).to_contain_text("is sent")


def close_together(page: Page, titles: list[str]) -> None:
    page.goto("/admin/tickets/ticket/?status=resolved")
    for title in titles:
        page.get_by_role("row", name=re.compile(title)).get_by_role("checkbox").check()
    page.get_by_role("button", name="Status", exact=True).click()
    page.get_by_label("Status", exact=True).select_option(label="Closed")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", name=f"{len(titles)} tickets will change")).to_be_visible()
    page.get_by_role("button", name=re.compile(f": {len(titles)} tickets")).click()
    expect(page.get_by_role("heading", name=f"{len(titles)} tickets changed")).to_be_visible()


def restore_from_the_trash(page: Page) -> None:
    page.goto("/admin/tickets/ticket/?trash=true")
    page.get_by_role("link", name=re.compile("Deleted by mistake")).first.click()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("status").first).to_contain_text("is back")


def grant_an_admin(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("Otto Other")).first.click()
    page.get_by_role("button", name=re.compile("Grant the request of Otto Other")).click()
    # Once for everything about accounts in the next five minutes.
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("Otto Other")


def deactivate_with_hand_over(page: Page, leaver: User) -> None:
    page.goto(f"/admin/accounts/user/{leaver.pk}/change/")
    page.get_by_role("link", name="Deactivate").click()
    page.get_by_label(re.compile("take", re.IGNORECASE)).select_option(label="Ada Admin")
    page.get_by_role("button", name=re.compile("Deactivate Oskar")).click()
    expect(page.get_by_text("This account is deactivated").first).to_be_visible()


def rate(page: Page, ticket: Ticket) -> None:
    page.goto(f"{ticket.get_absolute_url()}feedback/")
    page.get_by_role("radio", name=re.compile("5")).check(force=True)
    page.get_by_label(re.compile("What should we keep")).fill("Light again.")
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("status").first).to_contain_text("Thank you")


def read_the_report(page: Page) -> None:
    page.goto("/admin/tickets/feedback/")
    expect(page.get_by_text("Light again.")).to_be_visible()
    page.get_by_role("link", name=re.compile("report", re.IGNORECASE)).first.click()
    expect(page.get_by_text("5.0 of 5").first).to_be_visible()


def test_the_day_of_an_admin(
    open_browser, admin, other_admin, requester, other_requester, oldest, finished, trashed
):
    CannedReply.objects.create(title="New part", body="Hello {{requester_first_name}}, a new part is in.")
    AdminRequest.objects.create(user=other_requester)
    left_behind = TicketFactory(requester=requester, title="Mouse squeaks")
    left_behind.take(by=other_admin)
    ada, rita, oskar = (open_browser(), open_browser(), open_browser())
    sign_in(ada, admin.email)
    sign_in(rita, requester.email)
    sign_in(oskar, other_admin.email)

    take_the_oldest(ada)
    ask(ada, oldest)
    answer(rita, oldest)
    note_and_hand_over(ada, oldest)
    resolve_with_a_canned_reply(oskar, oldest)
    close_together(ada, [ticket.title for ticket in finished])
    restore_from_the_trash(ada)
    grant_an_admin(ada)
    deactivate_with_hand_over(ada, other_admin)
    rate(rita, oldest)
    read_the_report(ada)

    for ticket in (oldest, left_behind, trashed, *finished):
        ticket.refresh_from_db()
    assert list(oldest.events.values_list("kind", flat=True)) == [
        "submitted",
        "assigned",
        "replied",
        "replied",
        "noted",
        "assigned",
        "replied",
        "rated",
    ]
    assert (oldest.status, oldest.score, oldest.resolved_by) == (Status.CLOSED, 5, other_admin)
    assert Mention.objects.get().person == other_admin
    assert oldest.events.get(version=7).text == "Hello Rita, a new part is in."
    assert [(ticket.status, ticket.events.last().actor) for ticket in finished] == [
        (Status.CLOSED, admin)
    ] * 2
    assert not trashed.is_in_trash
    assert User.objects.get(pk=other_requester.pk).is_admin
    assert left_behind.assignee == admin
    assert not User.objects.get(pk=other_admin.pk).is_active


# -- twenty tickets, from the first of the list to the last ------------------------------------------
LIST = "/admin/tickets/ticket/?sort=number"


def work_with_keys(keys: Keyboard, titles: list[str]) -> None:
    keys.go_to("link", titles[0], key="j")
    keys.leave()
    for title in titles:
        expect(keys.page.get_by_role("heading", level=1)).to_have_text(title)
        keys.leave("t")
        keys.press("r")
        keys.is_at("textbox", "Message")
        keys.type(f"I look at {title}.")
        keys.leave("Control+Enter")
        keys.press("s")
        keys.go_to(DISCLOSURE, "Resolve")
        keys.press("Enter")
        keys.go_to("textbox", "How it was solved (optional)")
        keys.type(f"{title} is new.")
        if title == titles[0]:
            # Remembered for all that follow.
            keys.go_to("combobox", "Afterwards")
            keys.type("Next")
        keys.leave("Control+Enter")


def work_by_mouse(page: Page, titles: list[str]) -> None:
    page.get_by_role("link", name=titles[0], exact=True).click()
    for title in titles:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.get_by_label("Message").click()
        page.keyboard.type(f"I look at {title}.")
        page.get_by_role("button", name="Reply and take").click()
        expect(page.locator("#timeline")).to_contain_text(f"I look at {title}.")
        page.locator("summary", has_text="Resolve").click()
        page.get_by_label("How it was solved").click()
        page.keyboard.type(f"{title} is new.")
        page.get_by_role("button", name="Resolve").click()


def work_on_the_phone(page: Page, titles: list[str]) -> None:
    page.get_by_role("link", name=titles[0], exact=True).tap()
    for title in titles:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.locator("summary", has_text="Resolve").tap()
        expect(page.get_by_text("This assigns the ticket to you.").last).to_be_visible()
        page.get_by_label("How it was solved").tap()
        page.keyboard.type(f"{title} is new.")
        page.get_by_role("button", name="Resolve").tap()


def test_twenty_tickets_are_worked_with_keys_then_by_mouse_then_on_the_phone(
    sit_down, open_browser, admin, requester
):
    titles = [f"Toner {number:02}" for number in range(1, 21)]
    tickets = [TicketFactory(requester=requester, title=title) for title in titles]
    Notification.objects.all().mark_read()

    page = sit_down(admin, LIST)
    work_with_keys(Keyboard(page), titles[:7])
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[7])
    assert clicks_in(page) == 0
    page.goto(LIST)
    work_by_mouse(page, titles[7:14])
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[14])
    phone = open_browser(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.context.add_cookies(page.context.cookies())
    phone.goto(LIST)
    work_on_the_phone(phone, titles[14:])
    expect(phone.get_by_role("heading", name="Every ticket is resolved")).to_be_visible()

    with_keys, by_mouse, on_the_phone = tickets[:7], tickets[7:14], tickets[14:]
    for ticket in tickets:
        ticket.refresh_from_db()
        assert (ticket.status, ticket.assignee, ticket.resolved_by) == (Status.RESOLVED, admin, admin)
        assert ticket.events.last().text == f"{ticket.title} is new."
    assert {kinds_of(ticket) for ticket in with_keys} == {("submitted", "assigned", "replied", "resolved")}
    assert {kinds_of(ticket) for ticket in by_mouse} == {("submitted", "replied", "resolved")}
    assert {kinds_of(ticket) for ticket in on_the_phone} == {("submitted", "resolved")}
    for ticket in with_keys + by_mouse:
        assert ticket.events.get(kind="replied").text == f"I look at {ticket.title}."


def kinds_of(ticket: Ticket) -> tuple[str, ...]:
    return tuple(ticket.events.values_list("kind", flat=True))
