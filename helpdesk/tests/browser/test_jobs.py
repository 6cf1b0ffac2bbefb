"""Fourteen jobs of a help desk: by mouse in few clicks, and with keys and a screen reader alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tickets.models import BulkChange, CannedReply, HoldReason, Mention, Notification, Status, Ticket
from tickets.tests.factories import RequestTypeFactory, TicketFactory

from .conftest import violations
from .hands import DISCLOSURE, Keyboard, clicks_in

DASHBOARD, LIST, PORTAL = "/admin/", "/admin/tickets/ticket/?sort=number", "/tickets/"
UNASSIGNED = "/admin/tickets/ticket/?status=open&assignee=nobody&sort=number"
MINE, FREE, ASKED, SOLVED = "The printer jams", "Screen stays dark", "A mouse is missing", "No sound"


class Job:
    """One of them. most: the clicks it may take; by_mouse begins and by_keys begins where somebody sits: at `address`.

    From the list, opening the ticket is a click of the job. Typing is none, nor is going to a field by key to type.
    """

    most: int
    who = "admin"
    address = LIST

    def by_mouse(self, page: Page) -> None:
        raise NotImplementedError

    def by_keys(self, keys: Keyboard) -> None:
        raise NotImplementedError

    def is_done(self, page: Page) -> None:
        """Wait until the page says so, and look it up."""
        raise NotImplementedError


def open_mine(page: Page) -> None:
    page.get_by_role("link", name=MINE, exact=True).click()
    page.wait_for_url(re.compile("/change/"))


def go_to_mine(keys: Keyboard) -> None:
    keys.go_to("link", MINE, key="j")
    keys.leave()


def mine() -> Ticket:
    return Ticket.objects.get(title=MINE)


def is_in_history(page: Page, words: str) -> None:
    expect(page.locator("#timeline")).to_contain_text(words)


# Behind each: Zendesk's and Zammad's clicks.
class TakeTheOldest(Job):
    most = 1  # 3, 4
    address = DASHBOARD

    def by_mouse(self, page):
        page.get_by_role("button", name="Take HD-").first.click()

    def by_keys(self, keys):
        keys.go_to("link", "Skip to main content")
        keys.press("Enter")
        keys.go_to("button", f"Take {Ticket.objects.get(title=FREE).reference}")
        keys.leave()

    def is_done(self, page):
        expect(page.get_by_role("status").first).to_contain_text("is yours")
        assert Ticket.objects.get(title=FREE).assignee.first_name == "Ada"


class Reply(Job):
    most = 2  # 2, 3

    def by_mouse(self, page):
        open_mine(page)
        page.keyboard.press("r")
        page.keyboard.type("Have you restarted it?")
        page.get_by_role("button", name="Send reply").click()

    def by_keys(self, keys):
        go_to_mine(keys)
        keys.press("r")
        keys.is_at("textbox", "Message")
        keys.type("Have you restarted it?")
        keys.go_to("combobox", "then set")
        keys.go_to("button", "Send reply")
        keys.leave()

    def is_done(self, page):
        is_in_history(page, "Have you restarted it?")
        assert mine().events.last().kind == "replied"


class ReplyAndHold(Job):
    most = 3  # 3, 4

    def by_mouse(self, page):
        open_mine(page)
        page.locator("summary", has_text="Hold").click()
        # It waits for the requester, unless something else is chosen.
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("Which printer is it?")
        page.get_by_role("button", name="Put on hold").click()

    def by_keys(self, keys):
        go_to_mine(keys)
        keys.press("s")
        keys.go_to(DISCLOSURE, "Hold")
        keys.press("Enter")
        keys.go_to("combobox", "What it waits for")
        keys.go_to("textbox", "Question or note (optional)")
        keys.type("Which printer is it?")
        keys.go_to("button", "Put on hold")
        keys.leave()

    def is_done(self, page):
        is_in_history(page, "Which printer is it?")
        assert (mine().status, mine().hold_reason) == (Status.ON_HOLD, HoldReason.REQUESTER)


class ResolveWithAText(Job):
    most = 3  # 3, 4

    def by_mouse(self, page):
        open_mine(page)
        page.locator("summary", has_text="Resolve").click()
        page.keyboard.press("Tab")
        page.keyboard.type("New cable.")
        page.get_by_role("button", name="Resolve").click()

    def by_keys(self, keys):
        go_to_mine(keys)
        keys.press("s")
        keys.go_to(DISCLOSURE, "Resolve")
        keys.press("Enter")
        keys.go_to("textbox", "How it was solved (optional)")
        keys.type("New cable.")
        keys.go_to("combobox", "Afterwards")
        keys.go_to("button", "Resolve")
        keys.leave()

    def is_done(self, page):
        is_in_history(page, "New cable.")
        assert mine().is_resolved


class NoteWithAMention(Job):
    most = 2  # 3, 3

    def by_mouse(self, page):
        open_mine(page)
        page.keyboard.press("i")
        page.keyboard.type("Have you spare ones, @Osk")
        page.get_by_role("listbox", name="Colleagues").get_by_role("option").wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Save note").click()

    def by_keys(self, keys):
        go_to_mine(keys)
        keys.press("i")
        keys.is_at("textbox", "Message")
        keys.type("Have you spare ones, @Osk")
        keys.is_at("option", f"Oskar Otheradmin {User.objects.get(first_name='Oskar').email}")
        keys.press("Enter")
        keys.is_at("textbox", "Message")
        keys.go_to("button", "Save note")
        keys.leave()

    def is_done(self, page):
        is_in_history(page, "Have you spare ones")
        assert Mention.objects.get().person.first_name == "Oskar"


class Assign(Job):
    most = 3  # 4, 4

    def by_mouse(self, page):
        open_mine(page)
        page.get_by_label("Assignee").select_option(label="Oskar Otheradmin")

    def by_keys(self, keys):
        go_to_mine(keys)
        keys.press("a")
        keys.is_at("combobox", "Assignee")
        keys.type("Oskar")

    def is_done(self, page):
        expect(page.locator("#notices")).to_contain_text("Assigned to Oskar Otheradmin.")
        assert mine().assignee.first_name == "Oskar"


class CannedReplies(Job):
    most = 4  # 4, 4

    def by_mouse(self, page):
        open_mine(page)
        page.locator("summary", has_text="Canned replies").click()
        assert violations(page) == []
        page.get_by_role("button", name="New part").click()
        page.get_by_role("button", name="Send reply").click()

    def by_keys(self, keys):
        go_to_mine(keys)
        keys.press("r")
        keys.go_to(DISCLOSURE, "Canned replies", key="Shift+Tab")
        keys.press("Enter")
        expect(keys.page.get_by_role("button", name="New part")).to_be_visible()
        keys.go_to("button", "New part")
        keys.press("Enter")
        keys.is_at("textbox", "Message")
        keys.go_to("button", "Send reply")
        keys.leave()

    def is_done(self, page):
        is_in_history(page, "A new part is in.")
        assert mine().events.last().text == "A new part is in."


class FindACallersTickets(Job):
    most = 1  # 1, 1
    address = DASHBOARD

    def by_mouse(self, page):
        page.get_by_role("searchbox", name="Search all tickets").click()
        page.keyboard.type("rita")
        page.get_by_role("option", name="Rita Requester").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

    def by_keys(self, keys):
        keys.press("/")
        keys.is_at("combobox", "Search all tickets")
        keys.type("rita")
        keys.page.get_by_role("option", name="Rita Requester").wait_for()
        keys.press("ArrowDown")
        keys.is_at("option", f"Rita Requester {mine().requester.email}")
        keys.leave()
        keys.go_to("link", FREE, key="j")

    def is_done(self, page):
        expect(page.locator("#result_list tbody tr")).to_have_count(
            mine().requester.requested_tickets.count()
        )


class FindANumber(Job):
    most = 1
    address = DASHBOARD

    def by_mouse(self, page):
        page.get_by_label("Search all tickets").click()
        page.keyboard.type(mine().reference)
        page.keyboard.press("Enter")

    def by_keys(self, keys):
        keys.press("/")
        keys.is_at("combobox", "Search all tickets")
        keys.type(mine().reference)
        keys.leave()

    def is_done(self, page):
        expect(page.get_by_role("heading", level=1)).to_have_text(MINE)


class AssignFive(Job):
    most = 8  # 9, 8
    address = UNASSIGNED

    def by_mouse(self, page):
        boxes = page.get_by_role("checkbox", name="Select HD-")
        # Any five: the one in the middle is left out.
        for place in (0, 1, 2, 4, 5):
            boxes.nth(place).click()
        page.locator("#bulk summary", has_text="Assign").click()
        page.get_by_role("button", name="Oskar Otheradmin").click()
        expect(page.get_by_role("heading", name="5 tickets will change")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Assign: 5 tickets").click()

    def by_keys(self, keys):
        keys.press(*"jx", *"jx", *"jx", *"jjx", *"jx")
        expect(keys.page.get_by_text("5 of 6 selected")).to_be_visible()
        keys.leave("a")
        keys.is_at("combobox", "Hand them to")
        keys.type("Oskar")
        keys.go_to("button", "See what would change")
        keys.leave()
        keys.go_to("link", "Skip to main content")
        keys.press("Enter")
        keys.go_to("button", "Assign: 5 tickets")
        keys.leave()

    def is_done(self, page):
        expect(page.get_by_role("heading", name="5 tickets changed")).to_be_visible()
        assert BulkChange.objects.get().steps.filter(outcome="changed").count() == 5


class PhoneTicket(Job):
    most = 5  # 5, 6
    address = DASHBOARD

    def by_mouse(self, page):
        page.get_by_role("link", name="New ticket").click()
        expect(page.get_by_role("combobox", name="Requester")).to_be_focused()
        page.keyboard.type("rit")
        page.get_by_role("option", name="Rita Requester").wait_for()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=MINE)).to_be_visible()
        page.get_by_label("Title").click()
        page.keyboard.type("Another jam")
        page.get_by_label("Request type").select_option(label="Printer Issue")
        page.get_by_label("Request type").press("Tab")
        page.keyboard.type("It jams.")
        page.get_by_role("button", name="Open ticket").click()

    def by_keys(self, keys):
        keys.leave("n")
        keys.is_at("combobox", "Requester")
        keys.type("rit")
        keys.is_at("option", f"Rita Requester {mine().requester.email}")
        keys.press("Enter")
        keys.go_to("checkbox", "New person")
        keys.go_to("textbox", "Title")
        keys.type("Another jam")
        keys.go_to("combobox", "Request type")
        keys.type("Printer")
        keys.go_to("textbox", "Description")
        keys.type("It jams.")
        keys.go_to("button", "Open ticket")
        keys.leave()

    def is_done(self, page):
        expect(page.get_by_text("was opened for Rita Requester")).to_be_visible()
        assert Ticket.objects.get(title="Another jam").request_type.name == "Printer Issue"


class CreateATicket(Job):
    most = 3
    who, address = "requester", PORTAL

    def by_mouse(self, page):
        page.get_by_role("link", name="Create Ticket").last.click()
        expect(page.get_by_label("Title")).to_be_focused()
        page.keyboard.type("The door sticks")
        page.locator("label", has_text="Printer Issue").click()
        page.keyboard.press("Tab")
        page.keyboard.type("Since today.")
        page.get_by_role("button", name="Create Ticket").click()

    def by_keys(self, keys):
        keys.go_to("link", "Create Ticket")
        keys.leave()
        keys.is_at("textbox", "Title")
        keys.type("The door sticks")
        keys.go_to("radio", "Hardware Issue")
        keys.press("ArrowDown")
        keys.is_at("radio", "Printer Issue")
        keys.go_to("textbox", "Description")
        keys.type("Since today.")
        keys.go_to("button", "Create Ticket")
        keys.leave()

    def is_done(self, page):
        expect(page.get_by_role("heading", level=1)).to_have_text("The door sticks")
        assert Ticket.objects.get(title="The door sticks").request_type.name == "Printer Issue"


class AnswerAQuestion(Job):
    most = 2
    who, address = "requester", PORTAL

    def by_mouse(self, page):
        page.get_by_role("link", name="Read and answer").click()
        expect(page.get_by_label("Your reply")).to_be_focused()
        page.keyboard.type("The one with two buttons.")
        page.get_by_role("button", name="Send reply").click()

    def by_keys(self, keys):
        keys.go_to("link", "Skip to content")
        keys.press("Enter")
        keys.go_to("link", f"Read and answer {Ticket.objects.get(title=ASKED).reference}")
        keys.leave()
        keys.is_at("textbox", "Your reply")
        keys.type("The one with two buttons.")
        keys.go_to("button", "Send reply")
        keys.leave()

    def is_done(self, page):
        is_in_history(page, "The one with two buttons.")
        assert Ticket.objects.get(title=ASKED).status == Status.IN_PROGRESS


class Rate(Job):
    most = 3
    who, address = "requester", PORTAL

    def by_mouse(self, page):
        page.get_by_role("link", name="Give Feedback").click()
        page.locator("label", has_text="Rating 5").click()
        page.get_by_role("button", name="Send feedback").click()

    def by_keys(self, keys):
        keys.go_to("link", f"Give Feedback on {Ticket.objects.get(title=SOLVED).reference}")
        keys.leave()
        keys.go_to("radio", "Rating 1 Very poor")
        keys.press("ArrowLeft")
        keys.is_at("radio", "Rating 5 Excellent")
        keys.go_to("textbox", "What should we keep or change? (optional)")
        keys.type("Loud and clear.")
        keys.go_to("button", "Send feedback")
        keys.leave()

    def is_done(self, page):
        expect(page.get_by_role("status").first).to_contain_text("Thank you")
        assert Ticket.objects.get(title=SOLVED).score == 5


JOBS = [job() for job in Job.__subclasses__()]
each_job = pytest.mark.parametrize("job", JOBS, ids=[type(job).__name__ for job in JOBS])


@pytest.fixture
def at_the_desk(sit_down: Callable[[Any, str], Page], requester, admin, other_admin) -> Callable[[Job], Page]:
    """Sit down where a job begins."""
    RequestTypeFactory(name="Printer Issue")
    for title in (FREE, *(f"Toner {number}" for number in range(1, 6))):
        TicketFactory(requester=requester, title=title)
    TicketFactory(requester=requester, title=MINE).take(by=admin)
    TicketFactory(requester=requester, title=ASKED).hold(
        HoldReason.REQUESTER, by=admin, text="Which one?", take=True
    )
    TicketFactory(requester=requester, title=SOLVED).resolve(by=other_admin, take=True)
    CannedReply.objects.create(title="New part", body="A new part is in.")
    Notification.objects.all().mark_read()
    people: dict[str, Any] = {"admin": admin, "requester": requester}
    return lambda job: sit_down(people[job.who], job.address)


def test_there_are_fourteen():
    assert len(JOBS) == 14


@each_job
def test_by_mouse_it_takes_few_clicks(job: Job, at_the_desk):
    page = at_the_desk(job)

    job.by_mouse(page)

    job.is_done(page)
    assert 0 < clicks_in(page) <= job.most


@each_job
def test_it_is_done_with_keys_and_a_screen_reader_alone(job: Job, at_the_desk):
    page = at_the_desk(job)

    job.by_keys(Keyboard(page))

    job.is_done(page)
    assert clicks_in(page) == 0
