"""What an open page of the portal asks for when a ticket has changed."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tickets.models import HoldReason
from tickets.tests.factories import TicketFactory

from ..live_parts import live_src, parts


def test_the_dashboard_gets_what_the_page_would_show(client_of, requester, admin, ticket):
    visitor = client_of(requester)
    address = live_src(visitor.get("/tickets/?status=on_hold&q=printer"))
    assert address == "/tickets/live/?status=on_hold&q=printer"
    ticket.take(by=admin)
    ticket.hold(HoldReason.REQUESTER, by=admin, text="Which printer?")

    for query in ("", "?status=on_hold", "?q=nothing-like-it"):
        page, answer = visitor.get(f"/tickets/{query}"), visitor.get(f"/tickets/live/{query}")

        assert parts(answer) == parts(page)
        assert set(parts(page)) == {"summary", "asked", "tabs", "rows"}
        assert b"<html" not in answer.content
        assert b"<form" not in answer.content


def test_the_dashboard_hears_nothing_of_others_tickets(client_of, other_requester, ticket):
    answer = client_of(other_requester).get("/tickets/live/").content.decode()

    assert ticket.title not in answer


def test_a_ticket_gets_what_the_page_would_show(client_of, requester, admin, ticket):
    visitor = client_of(requester)
    address = live_src(visitor.get(f"/tickets/{ticket.pk}/"))
    ticket.take(by=admin)
    ticket.reply("Which one?", by=admin)
    ticket.note("He does not know.", by=admin)

    page, answer = visitor.get(f"/tickets/{ticket.pk}/"), visitor.get(address)
    now, shown = parts(answer), parts(page)

    assert set(now) == {"ticket-head", "timeline", "reply-state", "ticket-aside"}
    assert now.pop("timeline").count("New since you opened this page") == 2
    shown.pop("timeline")
    assert now == shown
    assert "He does not know" not in answer.content.decode()
    assert b"<textarea" not in answer.content


def test_nonsense_about_what_was_seen_marks_nothing(client_of, requester, ticket):
    for nonsense in ("", "x", "²", "-1", "9" * 5000):
        answer = client_of(requester).get(f"/tickets/{ticket.pk}/live/", {"seen": nonsense})
        assert answer.status_code == 200
        assert "New since" not in answer.content.decode()


def test_a_ticket_in_the_trash_is_gone(client_of, requester, admin, ticket):
    ticket.trash(by=admin)

    assert client_of(requester).get(f"/tickets/{ticket.pk}/live/").status_code == 404


def test_a_closed_ticket_says_that_what_is_typed_cannot_be_sent(client_of, requester, admin, ticket):
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.close(by=admin)

    answer = parts(client_of(requester).get(f"/tickets/{ticket.pk}/live/"))

    assert "no longer takes replies" in answer["reply-state"]


def test_the_parts_take_few_queries_whatever_the_data(client_of, requester, admin, ticket):
    visitor = client_of(requester)

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            visitor.get(address)
        return len(captured)

    addresses = ["/tickets/live/", f"/tickets/{ticket.pk}/live/"]
    ticket.take(by=admin)
    few = [queries(address) for address in addresses]
    for _ in range(10):
        TicketFactory(requester=requester)
        ticket.reply("Which one?", by=admin)

    assert [queries(address) for address in addresses] == few
    assert few[0] <= 7
    assert few[1] <= 9
