"""The whole story, as a user and as an admin would live it: with JavaScript and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import AdminFactory
from tickets.models import RequestType, Status, Ticket

from .conftest import PASSWORD


@pytest.fixture
def request_types() -> None:
    # The migration's rows are gone once another test has emptied the database.
    for name in ("Hardware Issue", "Network Issue"):
        RequestType.objects.get_or_create(name=name)


def register(page: Page) -> None:
    page.goto("/auth/register/")
    page.get_by_role("radio", name="User").check(force=True)
    page.get_by_label("First name").fill("Mara")
    page.get_by_label("Surname").fill("Lindqvist")
    page.get_by_label("Email").fill("Mara.Lindqvist@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Register").click()


def create_ticket(page: Page) -> None:
    page.get_by_role("link", name="Create Ticket").first.click()
    page.get_by_label("Title").fill("Screen stays dark")
    page.get_by_role("radio", name=re.compile("Hardware Issue")).check(force=True)
    page.get_by_label("Description").fill("It was fine yesterday.\nThe cable is in.")
    page.get_by_role("button", name="Create Ticket").click()


def update_ticket(page: Page) -> None:
    page.goto("/tickets/update/")
    page.get_by_role("link", name="Screen stays dark").click()
    page.get_by_label("Description").fill(
        "It was fine yesterday.\nThe cable is in, another one does not help."
    )
    page.get_by_role("button", name="Save changes").click()


def resolve_ticket(page: Page) -> None:
    page.goto("/admin/tickets/ticket/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Manage Tickets")
    page.get_by_role("link", name=re.compile("Screen stays dark")).click()
    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.get_by_text("took this ticket")).to_be_visible()
    page.locator("summary", has_text="Resolve").click()
    page.get_by_label("How it was solved").fill("A new screen is on your desk.")
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("A new screen is on your desk.").first).to_be_visible()


def sign_in(page: Page, email: str) -> None:
    page.goto("/auth/login/")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def give_feedback(page: Page) -> None:
    page.goto("/tickets/")
    page.get_by_role("link", name="Give Feedback").click()
    page.get_by_role("radio", name=re.compile("5")).check(force=True)
    page.get_by_label(re.compile("What should we keep")).fill("Fast and friendly.")
    page.get_by_role("button", name="Send feedback").click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_registering_to_the_rating_the_admin_sees(
    open_browser: Callable[..., Page], request_types: None, script: bool
) -> None:
    AdminFactory(email="ada@example.org", first_name="Ada", last_name="Brandt")
    mara = open_browser(java_script_enabled=script)
    ada = open_browser(java_script_enabled=script)

    register(mara)
    expect(mara).to_have_url(re.compile("/auth/login/"))
    expect(mara.get_by_role("status")).to_contain_text("You are registered")
    sign_in(mara, "mara.lindqvist@example.org")
    expect(mara.get_by_role("heading", level=1)).to_have_text("My tickets")

    create_ticket(mara)
    expect(mara.get_by_role("heading", level=1)).to_have_text("Screen stays dark")
    expect(mara.get_by_role("status").first).to_contain_text("has been submitted")
    update_ticket(mara)
    expect(mara.get_by_text("another one does not help").first).to_be_visible()

    sign_in(ada, "ada@example.org")
    expect(ada).to_have_url(re.compile("/admin/$"))
    resolve_ticket(ada)

    give_feedback(mara)
    expect(mara.get_by_role("status").first).to_contain_text("Thank you")
    expect(mara.get_by_text("Closed").first).to_be_visible()

    ada.goto("/admin/tickets/feedback/")
    expect(ada.get_by_text("Fast and friendly.")).to_be_visible()
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.score) == (Status.CLOSED, 5)
    assert list(ticket.events.values_list("kind", flat=True)) == [
        "submitted",
        "edited",
        "assigned",
        "resolved",
        "rated",
    ]
