"""Watch and mute, on the ticket's page in the portal and in the console."""

import pytest

from tickets.models import Notification, Watch


def told(person):
    return Notification.objects.filter(person=person).count()


def test_a_requester_mutes_their_ticket_and_turns_it_on_again(client_of, requester, admin, ticket):
    client, at = client_of(requester), f"/tickets/{ticket.pk}/"
    assert "You are notified of what happens here." in client.get(at).content.decode()

    client.post(f"{at}mute/")
    ticket.reply("Hello.", by=admin)

    assert told(requester) == 0
    assert "You are not notified about this ticket." in client.get(at).content.decode()
    client.post(f"{at}watch/")
    ticket.reply("Hello again.", by=admin)
    assert told(requester) == 1


def test_an_admin_watches_and_unwatches(client_of, other_admin, admin, ticket):
    client, at = client_of(other_admin), f"/admin/tickets/ticket/{ticket.pk}/"
    ticket.take(by=admin)
    before = told(other_admin)
    assert f'action="{at}watch/"' in client.get(f"{at}change/").content.decode()

    page = client.post(f"{at}watch/", follow=True).content.decode()
    assert f"You are watching {ticket.reference}" in page
    assert f'action="{at}unwatch/"' in page
    ticket.reply("Hello.", by=admin)
    assert told(other_admin) == before + 1

    assert f'action="{at}watch/"' in client.post(f"{at}unwatch/", follow=True).content.decode()
    ticket.reply("Hello again.", by=admin)
    assert told(other_admin) == before + 1


def test_who_answers_is_seen_to_watch(client_of, other_admin, ticket):
    ticket.reply("On my way.", by=other_admin)

    page = client_of(other_admin).get(f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode()

    assert "Unwatch" in page


def test_the_assignee_hears_without_watching(client_of, admin, ticket):
    ticket.take(by=admin)

    assert "Unwatch" in client_of(admin).get(f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode()
    assert not Watch.objects.exists()


@pytest.mark.parametrize("verb", ["watch", "mute"])
def test_nobody_watches_what_they_may_not_see(verb, client_of, other_requester, ticket):
    assert client_of(other_requester).post(f"/tickets/{ticket.pk}/{verb}/").status_code == 404
    assert not Watch.objects.exists()
