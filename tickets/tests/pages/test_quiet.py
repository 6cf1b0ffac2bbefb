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


def seen_by(browser, ticket):
    """Everything of the portal that shows the ticket, without what is different in each answer."""
    of_ticket = [f"/tickets/{ticket.pk}/live/?seen=1&first=1"]
    lists = ["/tickets/", "/tickets/live/", "/tickets/?sort=newest", "/tickets/update/", "/notifications/"]
    pages = {address: browser.get(address) for address in lists + of_ticket}
    assert {page.status_code for page in pages.values()} == {200}
    return {
        name: re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.content.decode())
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
    seen_by(browser, first)
    # What was told is read now.
    before = seen_by(browser, first)

    clock(2)
    act(first, admin)

    clock(3)
    for name, page in seen_by(browser, first).items():
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
