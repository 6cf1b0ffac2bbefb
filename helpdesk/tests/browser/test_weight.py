"""What a first visit to a page costs: all that comes over the wire, heads included, for a browser that has nothing."""

from collections import defaultdict

import pytest

from tickets.tests.factories import RequestTypeFactory, TicketFactory

# Address -> kilobytes at most. tickets/benchmarks/README.md has what was measured.
FOR_GUESTS = {"/auth/login/": 45}
FOR_REQUESTERS = {"/tickets/": 75, "/tickets/{}/": 75}
FOR_ADMINS = {
    "/admin/": 75,
    "/admin/tickets/ticket/": 90,
    "/admin/tickets/ticket/{}/change/": 80,
}


@pytest.fixture
def weigh(chromium, real_server):
    """Answer how many kilobytes a browser that comes for the first time is sent for an address."""

    def visit(address, person=None):
        context = chromium.new_context(base_url=real_server.url)
        if person:
            context.add_cookies([real_server.cookie_of(person)])
        page = context.new_page()
        sent = defaultdict(int)
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on(
            "Network.loadingFinished",
            lambda done: sent.__setitem__(done["requestId"], done["encodedDataLength"]),
        )
        page.goto(address)
        if person:
            page.wait_for_selector("[data-live-state=live]", timeout=30_000)
        page.wait_for_load_state("networkidle")
        context.close()
        assert len(sent) > 5
        return sum(sent.values()) / 1000

    return visit


@pytest.fixture
def ticket(requester, admin, other_admin):
    for name in ("Access Request", "Hardware Issue", "Network Issue", "Software Issue"):
        RequestTypeFactory(name=name)
    for number in range(40):
        made = TicketFactory(requester=requester, title=f"Nothing comes out of printer {number}")
        if number % 3:
            made.take(by=(admin, other_admin)[number % 2])
    for number in range(5):
        made.reply(f"It happened again, {number}.\n\nAnd again.", by=requester)
        made.note("Looks like the cable in the hall.", by=admin)
    return made


def test_a_first_visit_is_light(weigh, requester, admin, ticket):
    # From the first stream on nothing that was just drawn is fetched again.
    weigh("/notifications/", requester)
    # What one opens is read, and the bell says so: another visit.
    weigh(f"/admin/tickets/ticket/{ticket.pk}/change/", admin)

    weights = {
        address: (weigh(address.format(ticket.pk), person), most)
        for person, limits in ((None, FOR_GUESTS), (requester, FOR_REQUESTERS), (admin, FOR_ADMINS))
        for address, most in limits.items()
    }

    assert not {address: kilobytes for address, (kilobytes, most) in weights.items() if kilobytes > most}, (
        weights
    )
