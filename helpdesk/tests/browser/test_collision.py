"""Two admins at one ticket at the same time, each in a browser of their own: nothing is lost."""

import pytest
from playwright.sync_api import expect

from tickets.tests.factories import RequestTypeFactory

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


def choose(page, **chosen):
    for label, value in chosen.items():
        page.get_by_role("combobox", name=label.replace("_", " "), exact=True).select_option(label=value)


def test_different_properties_are_both_kept(both, admin, ticket):
    _, oskar = both
    other = RequestTypeFactory(name="Another Issue")
    oskar.reload()
    ticket.take(by=admin)

    choose(oskar, Request_type="Another Issue")
    expect(oskar.locator("#notices")).to_contain_text("Request type: Another Issue.")

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.request_type) == (admin, other)
    assert ticket.events.count() == 3


def test_the_same_property_is_shown_as_theirs_and_saved_again_knowingly(both, admin, other_admin, ticket):
    ada, oskar = both
    choose(ada, Assignee="Ada Admin")
    expect(ada.locator("#notices")).to_contain_text("Assigned to Ada Admin.")

    choose(oskar, Assignee="Oskar Otheradmin")
    expect(oskar.get_by_text("Theirs: Ada Admin")).to_be_visible()
    expect(oskar.get_by_role("combobox", name="Assignee", exact=True)).to_have_value(str(other_admin.pk))
    assert violations(oskar) == []
    ticket.refresh_from_db()
    assert ticket.assignee == admin

    oskar.get_by_role("button", name="Save properties").click()
    expect(oskar.locator("#notices")).to_contain_text("Assigned to Oskar Otheradmin.")
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
    expect(oskar.locator("#timeline")).to_contain_text("Then we come by.")
    replies = ticket.events.filter(kind="replied").order_by("version")
    assert [event.text for event in replies] == ["I restarted it twice.", "Then we come by."]


def test_a_choice_that_is_not_decided_holds_a_message_back(both, admin, other_admin, ticket):
    _, oskar = both
    ticket.take(by=admin)
    oskar.get_by_label("Message").fill("Or I do.")
    choose(oskar, Assignee="Oskar Otheradmin")
    expect(oskar.get_by_text("Theirs: Ada Admin")).to_be_visible()
    # A look at the message decides nothing, and leaves it chosen.
    oskar.get_by_role("button", name="Preview").click()
    expect(oskar.get_by_role("heading", name="Preview")).to_be_visible()
    expect(oskar.get_by_role("combobox", name="Assignee", exact=True)).to_have_value(str(other_admin.pk))

    oskar.get_by_role("button", name="Send reply").click()

    expect(oskar.locator("#timeline")).to_contain_text("Or I do.")
    ticket.refresh_from_db()
    assert ticket.assignee == other_admin
    assert [event.kind for event in ticket.events.order_by("version")][1:] == [
        "assigned",
        "assigned",
        "replied",
    ]
