"""The card of a ticket's requester: their other tickets, their ratings, and whom it tells them."""

import pytest

from tickets.tests.factories import TicketFactory


@pytest.fixture
def rated(requester, admin):
    tickets = []
    for title, score in (("Old", 2), ("New", 5)):
        ticket = TicketFactory(requester=requester, title=title)
        ticket.take(by=admin)
        ticket.resolve(by=admin, text="Done.")
        ticket.rate(score, by=requester, comment="Words nobody repeats here.")
        tickets.append(ticket)
    return tickets


def words(response):
    return " ".join(response.content.decode().split())


def test_it_tells_of_other_tickets_and_ratings(console, address, ticket, rated, other_requester):
    TicketFactory(requester=other_requester, title="Somebody else's")

    page = words(console.get(address("requester")))

    assert "3 in all, 1 not yet resolved" in page
    assert "3.5 of 5 · 2 ratings" in page
    assert "latest 5 of 5" in page
    assert "never signed in" in page
    assert page.index(">New</a>") < page.index(">Old</a>")
    assert f">{ticket.title}</a>" not in page
    assert "Somebody else" not in page


def test_the_card_alone_is_the_same_without_the_page(console, address, rated):
    card = words(console.get(address("requester"), {"card": ""}))

    assert card.startswith('<dl class="hd-props')
    assert "2 ratings" in card
    assert "<html" not in card


def test_what_is_in_the_trash_is_not_told(console, address, ticket, rated, admin):
    rated[1].trash(by=admin)

    page = words(console.get(address("requester")))

    assert "2 in all, 1 not yet resolved" in page
    assert "2.0 of 5 · 1 rating <" in page
    assert ">New</a>" not in page


def test_only_the_latest_few_are_listed_and_a_link_leads_to_all(console, address, ticket, requester):
    for number in range(7):
        TicketFactory(requester=requester, title=f"Ticket {number}")

    page = words(console.get(address("requester")))

    assert [number for number in range(7) if f">Ticket {number}</a>" in page] == [2, 3, 4, 5, 6]
    link = f"/admin/tickets/ticket/?requester={requester.email.replace('@', '%40')}"
    assert link in page
    assert console.get(link).context["number"] == "8"


def test_the_ticket_s_page_leads_to_it(console, address, ticket):
    page = console.get(address()).content.decode()

    assert f'href="{address("requester")}"' in page
    assert f'data-requester="{address("requester")}?card"' in page


def test_ratings_are_told_to_those_who_may_see_feedback(client_of, address, rated, requester):
    from django.contrib.auth.models import Permission

    from accounts.models import User
    from accounts.tests.factories import UserFactory

    reader = UserFactory()
    User.objects.filter(pk=reader.pk).update(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_ticket"))

    page = words(client_of(reader).get(address("requester")))

    assert "3 in all" in page
    assert "Rates us" not in page
    assert "Profile" not in page
