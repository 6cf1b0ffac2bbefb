"""The bell of an open page hears of what is new and of what was read elsewhere: one's own alone."""

import pytest

from tickets.tests.factories import TicketFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_is_told_something_hears_it(listen, ticket, requester, other_requester, admin):
    own, others = listen(requester), listen(other_requester)

    ticket.reply("We look into it.", by=admin)

    assert sorted(own.next(bells=True).event for _ in range(2)) == ["bell", "ticket"]
    # The next thing others hear is their own.
    made = TicketFactory(requester=other_requester)
    made.reply("Yours, too.", by=admin)
    heard = [others.next(bells=True) for _ in range(3)]
    assert sorted(told.event for told in heard) == ["bell", "ticket", "ticket"]
    assert {told.data["ticket"] for told in heard if told.event == "ticket"} == {made.pk}


def test_reading_is_heard_at_one_s_other_pages(listen, ticket, requester, admin, client_of):
    ticket.reply("We look into it.", by=admin)
    own = listen(requester)

    client_of(requester).get(f"/tickets/{ticket.pk}/")

    assert own.next(bells=True)[:2] == ("bell", {})


def test_all_read_at_once_is_heard_once(listen, ticket, requester, admin, client_of):
    for _ in range(3):
        ticket.reply("We look into it.", by=admin)
    own = listen(requester)

    client_of(requester).post("/notifications/read/")

    assert own.next(bells=True)[:2] == ("bell", {})
    ticket.reply("And this.", by=admin)
    assert {own.next(bells=True).event for _ in range(2)} == {"ticket", "bell"}
