"""Two admins at one ticket at the same time, each in a browser of their own: nothing is lost."""

import pytest
from playwright.sync_api import expect

from tickets.models import Status

from .conftest import sign_in, violations


@pytest.fixture
def both(open_browser, admin, other_admin, ticket):
    """The ticket's page in the browsers of two admins, opened before either does anything."""
    pages = []
    for person in (admin, other_admin):
        page = open_browser()
        sign_in(page, person.email)
        page.goto(f"/admin/tickets/ticket/{ticket.pk}/change/")
        pages.append(page)
    return pages


def save_properties(page, **chosen):
    for label, value in chosen.items():
        page.get_by_role("combobox", name=label, exact=True).select_option(label=value)
    page.get_by_role("button", name="Save properties").click()


def test_different_properties_are_both_kept(both, admin, ticket):
    _, oskar = both
    ticket.take(by=admin)

    save_properties(oskar, Status="On Hold: waiting for third party")
    expect(oskar.get_by_role("status").first).to_contain_text("is saved")

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.status) == (admin, Status.ON_HOLD)
    assert ticket.events.count() == 3


def test_the_same_property_is_shown_as_theirs_and_saved_again_knowingly(both, admin, other_admin, ticket):
    ada, oskar = both
    save_properties(ada, Assignee="Ada Admin")
    expect(ada.get_by_role("status").first).to_contain_text("is saved")

    save_properties(oskar, Assignee="Oskar Otheradmin")
    expect(oskar.get_by_text("Theirs: Ada Admin")).to_be_visible()
    expect(oskar.get_by_role("combobox", name="Assignee", exact=True)).to_have_value(str(other_admin.pk))
    assert violations(oskar) == []
    ticket.refresh_from_db()
    assert ticket.assignee == admin

    oskar.get_by_role("button", name="Save properties").click()
    expect(oskar.get_by_role("status").first).to_contain_text("is saved")
    ticket.refresh_from_db()
    assert ticket.assignee == other_admin
    assert [event.actor for event in ticket.events.order_by("version")][1:] == [admin, other_admin]


def test_an_answer_that_came_while_one_typed_is_shown_before_ones_own_is_sent(both, admin, ticket):
    _, oskar = both
    oskar.locator("[data-composer] label", has_text="Reply to").click()
    oskar.get_by_label("Message").fill("Have you restarted it?")
    ticket.reply("I restarted it twice.", by=ticket.requester)

    oskar.get_by_role("button", name="Send reply").click()
    expect(oskar.get_by_text("I restarted it twice.").first).to_be_visible()
    expect(oskar.get_by_text("New since you opened this page")).to_be_visible()
    expect(oskar.get_by_label("Message")).to_have_value("Have you restarted it?")
    assert ticket.events.filter(kind="replied").count() == 1

    oskar.get_by_label("Message").fill("Then we come by.")
    oskar.get_by_role("button", name="Send reply").click()
    expect(oskar.get_by_role("status").first).to_contain_text("is sent")
    replies = ticket.events.filter(kind="replied").order_by("version")
    assert [event.text for event in replies] == ["I restarted it twice.", "Then we come by."]


def test_a_choice_beside_is_saved_with_the_message(both, admin, other_admin, ticket):
    ada, oskar = both
    ada.get_by_role("combobox", name="Assignee", exact=True).select_option(label="Ada Admin")
    ada.get_by_label("Message").fill("I come by at ten.")
    # A look at it decides nothing.
    ada.get_by_role("button", name="Preview").click()
    expect(ada.get_by_role("heading", name="Preview")).to_be_visible()
    expect(ada.get_by_role("combobox", name="Assignee", exact=True)).to_have_value(str(admin.pk))
    assert ticket.events.count() == 1

    ada.get_by_role("button", name="Send reply").click()

    expect(ada.get_by_role("status").first).to_contain_text("is sent")
    ticket.refresh_from_db()
    assert ticket.assignee == admin
    assert [event.kind for event in ticket.events.order_by("version")][1:] == ["assigned", "replied"]

    # A choice that somebody else has made meanwhile goes first: nothing is sent before it is decided.
    oskar.get_by_role("combobox", name="Assignee", exact=True).select_option(label="Oskar Otheradmin")
    oskar.get_by_label("Message").fill("Or I do.")
    oskar.get_by_role("button", name="Send reply").click()
    expect(oskar.get_by_text("could not be saved")).to_be_visible()
    assert violations(oskar) == []
    expect(oskar.get_by_label("Message")).to_have_value("Or I do.")
    assert ticket.events.filter(kind="replied").count() == 1
