"""Update Ticket."""

import pytest

from tickets.models import RequestType


@pytest.fixture
def typed(ticket):
    return {
        "title": ticket.title,
        "request_type": ticket.request_type_id,
        "description": ticket.description,
        "version": ticket.version,
    }


def url_of(ticket):
    return f"/tickets/{ticket.pk}/edit/"


def test_choosing_shows_only_one_s_own_unsolved_tickets(requester, other_requester, admin, client_of):
    from tickets.tests.factories import TicketFactory

    mine = TicketFactory(requester=requester, title="Mine and open")
    solved = TicketFactory(requester=requester, title="Mine and solved")
    solved.take(by=admin)
    solved.resolve(by=admin)
    TicketFactory(requester=other_requester, title="Somebody else's")

    page = client_of(requester).get("/tickets/update/").content.decode()

    assert url_of(mine) in page
    assert "Mine and solved" not in page
    assert "Somebody else" not in page


def test_saving_changes_the_ticket(requester, ticket, client_of, typed):
    network = RequestType.objects.get(name="Network Issue")
    changed = typed | {"title": "Screen flickers", "request_type": network.pk, "description": "Since lunch."}

    answer = client_of(requester).post(url_of(ticket), changed)

    ticket.refresh_from_db()
    assert answer.url == f"/tickets/{ticket.pk}/"
    assert (ticket.title, ticket.request_type, ticket.description) == (
        "Screen flickers",
        network,
        "Since lunch.",
    )
    assert ticket.events.count() == 2


def test_two_people_saving_different_fields_are_both_kept(requester, admin, ticket, client_of, typed):
    client_of(admin).post(url_of(ticket), typed | {"title": "Screen of Rita"})

    client_of(requester).post(url_of(ticket), typed | {"description": "It smells."})

    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("Screen of Rita", "It smells.")


def test_the_second_to_save_the_same_field_is_told_and_keeps_what_was_typed(
    requester, admin, ticket, client_of, typed
):
    client = client_of(requester)
    client_of(admin).post(url_of(ticket), typed | {"title": "Theirs"})

    answer = client.post(url_of(ticket), typed | {"title": "Mine", "description": "Mine, too"})

    page = answer.content.decode()
    ticket.refresh_from_db()
    assert answer.status_code == 409
    assert ticket.title == "Theirs"
    assert "It is now: “Theirs”" in page
    assert 'value="Mine"' in page
    assert "Mine, too" in page

    again = answer.context["form"]
    client.post(
        url_of(ticket),
        typed | {"title": "Mine", "description": "Mine, too", "version": again["version"].value()},
    )
    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("Mine", "Mine, too")


def test_after_a_conflict_what_one_left_alone_stays_as_others_made_it(
    requester, admin, ticket, client_of, typed
):
    client = client_of(requester)
    network = RequestType.objects.get(name="Network Issue")
    theirs = typed | {"title": "Theirs", "request_type": network.pk, "description": "Theirs, too"}
    client_of(admin).post(url_of(ticket), theirs)

    form = client.post(url_of(ticket), typed | {"title": "Mine"}).context["form"]
    client.post(url_of(ticket), {name: form[name].value() for name in form.fields})

    ticket.refresh_from_db()
    assert (ticket.title, ticket.request_type, ticket.description) == ("Mine", network, "Theirs, too")


def test_a_ticket_resolved_meanwhile_keeps_what_was_typed_on_the_page(
    requester, admin, ticket, client_of, typed
):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    answer = client_of(requester).post(url_of(ticket), typed | {"description": "My long story"})

    assert answer.status_code == 409
    assert "My long story" in answer.content.decode()
    assert "no longer allows this" in answer.content.decode()


def test_the_form_of_a_resolved_ticket_leads_back_and_says_why(requester, admin, ticket, client_of):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    answer = client_of(requester).get(url_of(ticket), follow=True)

    assert answer.redirect_chain == [(f"/tickets/{ticket.pk}/", 302)]
    assert "is Resolved: this is not possible now" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "0", "-1", "999", "9" * 30, "x"])
def test_a_smuggled_version_is_refused(requester, ticket, client_of, typed, version):
    answer = client_of(requester).post(url_of(ticket), typed | {"version": version, "title": "Mine"})

    ticket.refresh_from_db()
    assert answer.status_code in (200, 409)
    assert ticket.title == "Screen stays dark"


def test_a_type_no_longer_offered_stays_the_ticket_s(requester, ticket, client_of, typed):
    RequestType.objects.filter(pk=ticket.request_type_id).update(is_active=False)

    client_of(requester).post(url_of(ticket), typed | {"title": "Screen flickers"})

    ticket.refresh_from_db()
    assert ticket.title == "Screen flickers"


def test_another_s_ticket_is_not_found_by_get_or_post(other_requester, ticket, client_of, typed):
    client = client_of(other_requester)

    assert client.get(url_of(ticket)).status_code == 404
    assert client.post(url_of(ticket), typed | {"title": "Mine now"}).status_code == 404
    ticket.refresh_from_db()
    assert ticket.title == "Screen stays dark"
