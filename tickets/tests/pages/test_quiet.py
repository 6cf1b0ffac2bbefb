"""What only those who work tickets hear of leaves no trace on any page of the requester."""

import re
from datetime import datetime, timedelta

import pytest

from tickets.tests.factories import TicketFactory

MORNING = datetime.fromisoformat("2026-11-02T09:00:00+00:00")


@pytest.fixture
def clock(time_machine):
    """Say that so many hours have passed since the morning, or have not passed yet."""

    def move(hours):
        time_machine.move_to(MORNING + timedelta(hours=hours), tick=False)

    move(0)
    return move


@pytest.fixture
def two(clock, requester, admin):
    """The first was opened and answered before the second was opened."""
    first = TicketFactory(requester=requester, title="First")
    first.take(by=admin)
    first.reply("Which printer?", by=admin)
    clock(1)
    return first, TicketFactory(requester=requester, title="Second")


def filter_viewers(browser, ticket):
    """Everything of the portal that shows the ticket, without what is different in each answer."""
    of_ticket = [f"/tickets/{ticket.pk}/{name}" for name in ("", "?all", "live/?seen=1&first=1", "edit/")]
    lists = ["/tickets/", "/tickets/live/", "/tickets/?sort=newest", "/tickets/update/", "/notifications/"]
    pages = {address: browser.get(address) for address in lists + of_ticket}
    assert {page.status_code for page in pages.values()} == {200}
    return {
        name: re.sub(r'(name="(?:csrfmiddlewaretoken|token)" value|nonce)="[^"]+"', "", page.content.decode())
        for name, page in pages.items()
    }


@pytest.mark.parametrize(
    "act",
    [
        lambda ticket, admin: ticket.note("Gateway logs show time-outs.", by=admin),
        lambda ticket, admin: (ticket.trash(by=admin), ticket.restore(by=admin)),
    ],
)
def test_what_is_internal_changes_no_page(act, two, clock, client_of, requester, admin):
    first, _ = two
    browser = client_of(requester)
    clock(3)
    filter_viewers(browser, first)
    # What was told is read now.
    before = filter_viewers(browser, first)

    clock(2)
    act(first, admin)

    clock(3)
    for name, page in filter_viewers(browser, first).items():
        assert page == before[name], name


def test_a_reply_moves_the_ticket_up_and_its_time(two, clock, client_of, requester, admin):
    first, second = two
    browser = client_of(requester)
    clock(3)
    assert [row.pk for row in browser.get("/tickets/").context["page"].rows] == [second.pk, first.pk]

    first.note("Gateway logs show time-outs.", by=admin)
    assert [row.pk for row in browser.get("/tickets/").context["page"].rows] == [second.pk, first.pk]
    first.reply("We look at it.", by=admin)

    assert [row.pk for row in browser.get("/tickets/").context["page"].rows] == [first.pk, second.pk]
    moment = '<time datetime="2026-11-02T12:00:00+00:00">'
    assert moment in browser.get("/tickets/").content.decode()
    assert moment in browser.get(f"/tickets/{first.pk}/").content.decode()


def shown_in(page, name):
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="(\d+)"', page.content.decode())[1]


def edit(browser, ticket, version, **words):
    words = {
        "title": ticket.title,
        "request_type": ticket.request_type_id,
        "description": "New words.",
        **words,
    }
    return browser.post(f"/tickets/{ticket.pk}/edit/", {**words, "version": version})


def test_what_was_hidden_meanwhile_refuses_no_edit(ticket, client_of, requester, admin):
    browser = client_of(requester)
    ticket.note("Seen before.", by=admin)
    version = shown_in(browser.get(f"/tickets/{ticket.pk}/edit/"), "version")
    assert version == "1"

    ticket.note("And again.", by=admin)

    assert edit(browser, ticket, version, title="Mine").status_code == 302
    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("Mine", "New words.")


def test_what_others_changed_meanwhile_is_shown_once_and_then_overwritten(
    ticket, client_of, requester, admin
):
    browser = client_of(requester)
    ticket.note("Seen before.", by=admin)
    version = shown_in(browser.get(f"/tickets/{ticket.pk}/edit/"), "version")
    ticket.edit(by=admin, title="Theirs")
    ticket.note("I changed the title.", by=admin)

    refused = edit(browser, ticket, version, title="Mine")

    assert refused.status_code == 409
    assert "Somebody else changed this" in refused.content.decode()
    assert shown_in(refused, "version") == "2"
    ticket.note("One more.", by=admin)
    assert edit(browser, ticket, "2", title="Mine").status_code == 302
    ticket.refresh_from_db()
    assert ticket.title == "Mine"


def test_an_edit_merges_with_a_change_of_another_field_among_notes(ticket, client_of, requester, admin):
    ticket.note("Seen before.", by=admin)
    ticket.edit(by=admin, title="Theirs")
    ticket.note("I changed the title.", by=admin)
    before = ticket.title

    answer = edit(client_of(requester), ticket, "1", title="Screen stays dark")

    assert answer.status_code == 302
    ticket.refresh_from_db()
    assert (before, ticket.title, ticket.description) == ("Theirs", "Theirs", "New words.")


def test_a_title_that_was_removed_can_be_given_anew(ticket, client_of, requester, admin):
    ticket.redact([1], by=admin)
    browser = client_of(requester)
    version = shown_in(browser.get(f"/tickets/{ticket.pk}/edit/"), "version")

    assert edit(browser, ticket, version, title="Screen is dark").status_code == 302
    ticket.refresh_from_db()
    assert ticket.title == "Screen is dark"


@pytest.mark.parametrize("version", ["3", "9", "999999999", str(10**30)])
def test_an_edit_of_a_page_that_cannot_have_been_is_refused(version, ticket, client_of, requester, admin):
    for _ in range(3):
        ticket.note("Seen before.", by=admin)

    answer = edit(client_of(requester), ticket, version, title="Mine")

    assert answer.status_code == 409
    ticket.refresh_from_db()
    assert ticket.version == 4


def test_a_reply_is_refused_by_an_answer_but_by_no_note(ticket, client_of, requester, admin):
    browser, address = client_of(requester), f"/tickets/{ticket.pk}/reply/"
    ticket.note("Seen before.", by=admin)
    version = shown_in(browser.get(f"/tickets/{ticket.pk}/"), "version")
    ticket.note("And again.", by=admin)
    assert browser.post(address, {"text": "Anybody?", "version": version}).status_code == 302

    ticket.refresh_from_db()
    ticket.reply("Yes.", by=admin)
    ticket.note("They wait.", by=admin)
    refused = browser.post(address, {"text": "Hello?", "version": "2"})

    assert refused.status_code == 409
    assert refused.content.decode().count("New since you opened this page") == 1
    assert shown_in(refused, "version") == "3"
    assert browser.post(address, {"text": "Hello?", "version": "3"}).status_code == 302


def test_a_draft_that_comes_late_does_not_come_back(ticket, client_of, requester, admin):
    browser, address = client_of(requester), f"/tickets/{ticket.pk}/draft/"
    ticket.note("Seen before.", by=admin)
    ticket.reply("Sent.", by=requester)

    assert browser.post(address, {"visibility": "reply", "text": "Sent.", "version": "1"}).status_code == 409
    assert browser.post(address, {"visibility": "reply", "text": "Next.", "version": "2"}).status_code == 200


def anchors_on(page):
    return [int(number) for number in re.findall(r' id="e(\d+)"', page.content.decode())]


def test_a_long_history_is_numbered_without_gaps(ticket, client_of, requester, admin):
    for n in range(33):
        ticket.note("Still looking.", by=admin)
        ticket.reply(f"Step {n}.", by=admin)
    browser, address = client_of(requester), f"/tickets/{ticket.pk}/"

    page = browser.get(address)

    assert anchors_on(page) == list(range(5, 35))
    assert f'href="{address}?all#e5">Show 3 earlier' in page.content.decode()
    assert f"{address}live/?seen=34&amp;first=5" in page.content.decode()
    assert anchors_on(browser.get(f"{address}?all")) == list(range(2, 35))
    assert anchors_on(browser.get(f"{address}live/?seen=30&first=30")) == list(range(30, 35))
    assert anchors_on(browser.get(f"{address}live/?seen=30&first=60")) == [34]


def test_the_bell_leads_to_the_event_as_the_page_numbers_it(ticket, client_of, requester, admin):
    ticket.note("Seen before.", by=admin)
    ticket.reply("Hello.", by=admin)
    ticket.note("And again.", by=admin)
    ticket.reply("Hello again.", by=admin)
    browser = client_of(requester)

    told = re.findall(
        rf'href="(/tickets/{ticket.pk}/#e\d+)"', browser.get("/notifications/").content.decode()
    )

    assert told == [f"/tickets/{ticket.pk}/#e3", f"/tickets/{ticket.pk}/#e2"]
    assert anchors_on(browser.get(f"/tickets/{ticket.pk}/")) == [2, 3]


def test_who_sees_everything_counts_everything(ticket, client_of, admin):
    ticket.note("Seen before.", by=admin)
    ticket.reply("Hello.", by=admin)

    assert ticket.number_for(admin) == ticket.version == 3
    assert [ticket.version_after(number, admin) for number in (1, 2, 3)] == [1, 2, 3]
    assert ticket.version_after(4, admin) > ticket.version
    page = client_of(admin).get(f"/admin/tickets/ticket/{ticket.pk}/change/")
    assert anchors_on(page) == [2, 3]
