"""Who loses what they may see loses the stream; and nobody holds more of them than a browser or two need."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tickets.live.hub import STREAMS_PER_PERSON
from tickets.models import Presence

from .reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def ended(reader):
    """The reason of the end, which is the next and last thing told."""
    told = reader.next()
    assert told.event == "end"
    assert reader.next() is None
    return told.data["reason"]


def test_the_ninth_stream_takes_the_place_of_the_oldest(listen, real_server, ticket, requester, admin):
    cookie = real_server.cookie_of(requester)
    readers = [listen(requester, cookie=cookie) for _ in range(STREAMS_PER_PERSON + 1)]

    assert ended(readers[0]) == "replaced"
    ticket.take(by=admin)
    assert [reader.next().data["kind"] for reader in readers[1:]] == ["assigned"] * STREAMS_PER_PERSON


def test_a_demoted_admin_comes_back_as_a_user(listen, ticket, admin, other_admin):
    reader, colleague = listen(admin), listen(other_admin)

    admin.set_role("User", by=other_admin)

    assert ended(reader) == "rights"
    back = listen(admin, cookie=reader.cookie)
    ticket.note("For admins.", by=other_admin)
    assert colleague.next().data["kind"] == "noted"
    ticket.trash(by=other_admin)
    assert colleague.next().data["kind"] == "trashed"
    other_admin.set_role("Admin", by=None)
    admin.requested_tickets.model.submit(
        title="My own", description="It is mine.", request_type=ticket.request_type, requester=admin, by=admin
    )
    assert back.next().data["kind"] == "submitted"


def test_a_right_taken_through_a_group_is_taken_from_the_stream(listen, requester, other_requester):
    group = Group.objects.create(name="Auditors")
    right = Permission.objects.get(codename="view_ticket")
    group.permissions.add(right)
    for person in (requester, other_requester):
        person.groups.add(group)
    member, colleague = listen(requester), listen(other_requester)

    requester.groups.remove(group)
    assert ended(member) == "rights"

    group.permissions.remove(right)
    assert ended(colleague) == "rights"


def test_a_promoted_user_is_sent_round_too(listen, requester, admin):
    reader = listen(requester)

    requester.set_role("Admin", by=admin)

    assert ended(reader) == "rights"


def test_a_deactivated_person_is_signed_out(listen, real_server, requester, admin):
    reader = listen(requester)

    requester.deactivate(by=admin)

    assert ended(reader) == "signed-out"
    refused = Reader(real_server, requester, cookie=reader.cookie)
    assert refused.status == 401
    refused.close()


def test_signing_out_ends_the_streams_of_that_session_only(listen, ticket, requester, admin):
    reader, elsewhere = listen(requester), listen(requester)
    client = Client()
    client.cookies[reader.cookie["name"]] = reader.cookie["value"]

    client.post(reverse("account_logout"))

    assert ended(reader) == "signed-out"
    ticket.take(by=admin)
    assert elsewhere.next().data["kind"] == "assigned"


def test_a_session_that_was_removed_ends_its_stream(listen, requester):
    reader = listen(requester)

    Session.objects.all().delete()

    assert ended(reader) == "signed-out"


def test_after_a_new_password_one_has_to_come_back_and_other_sessions_cannot(listen, real_server, requester):
    reader = listen(requester)

    requester.set_password("another river under stones")
    requester.save(update_fields=["password"])

    assert ended(reader) == "rights"
    refused = Reader(real_server, requester, cookie=reader.cookie)
    assert refused.status == 401
    refused.close()


def test_who_is_at_a_ticket_is_told_to_those_who_work_tickets(listen, ticket, requester, admin, other_admin):
    own, console = listen(requester), listen(admin)

    def heard():
        return console.next()[:2] == ("presence", {"ticket": ticket.pk})

    Presence.objects.enter(other_admin, ticket, writing=False)
    assert heard()
    # Still there, as an open page says every ten seconds: no news.
    Presence.objects.enter(other_admin, ticket, writing=False)
    Presence.objects.enter(other_admin, ticket, writing=True)
    assert heard()
    Presence.objects.leave(other_admin, ticket)
    assert heard()
    ticket.take(by=admin)
    assert console.next().data["kind"] == "assigned"
    assert own.next().data["kind"] == "assigned"
