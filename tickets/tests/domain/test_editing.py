"""Changing what a ticket says, also at the same time."""

import pytest
from django.core.exceptions import ValidationError

from tickets.errors import EditConflict, NotAllowed, WrongStatus
from tickets.events import Kind
from tickets.models import Ticket
from tickets.tests.factories import RequestTypeFactory, TicketFactory


def test_editing_changes_the_words_and_writes_one_event_with_only_what_changed(ticket, requester):
    network = RequestTypeFactory(name="Network Issue")
    old_type = ticket.request_type

    ticket.edit(by=requester, title="Screen flickers", request_type=network, description=ticket.description)

    ticket.refresh_from_db()
    event = ticket.events.last()
    assert (ticket.title, ticket.request_type) == ("Screen flickers", network)
    assert event.kind == Kind.EDITED
    assert event.data == {"request_type_id": [old_type.pk, network.pk]}
    assert (event.title, event.description) == ("Screen flickers", "")


def test_saving_what_is_there_already_writes_no_event(ticket, requester):
    ticket.edit(by=requester, title=ticket.title, description=ticket.description)

    assert ticket.events.count() == 1


def test_line_ends_of_a_browser_are_no_change(ticket, requester):
    ticket.edit(by=requester, description="a\nb")
    count = ticket.events.count()

    ticket.edit(by=requester, description="a\r\nb")

    assert ticket.events.count() == count


def test_others_cannot_edit(ticket, other_requester):
    with pytest.raises(NotAllowed):
        ticket.edit(by=other_requester, title="Mine now")


def test_a_resolved_ticket_is_not_edited(ticket, admin, requester):
    ticket.take(by=admin)
    ticket.resolve(by=admin)

    with pytest.raises(WrongStatus):
        ticket.edit(by=requester, title="Too late")


def test_a_title_that_cannot_be_is_refused_and_nothing_changes(ticket, requester):
    with pytest.raises(ValidationError):
        ticket.edit(by=requester, title="  ", description="New words")

    ticket.refresh_from_db()
    assert ticket.description == "It was fine yesterday."
    assert ticket.events.count() == 1


def test_different_fields_changed_at_once_merge(ticket, requester, admin):
    seen = ticket.version
    ticket.edit(by=admin, title="Screen of Rita stays dark", version=seen)

    ticket.edit(
        by=requester,
        title="Screen stays dark",
        request_type=ticket.request_type,
        description="It smells, too.",
        version=seen,
    )

    ticket.refresh_from_db()
    assert ticket.title == "Screen of Rita stays dark"
    assert ticket.description == "It smells, too."


def test_the_same_field_changed_at_once_is_refused_with_theirs(ticket, requester, admin):
    seen = ticket.version
    ticket.edit(by=admin, title="Theirs", version=seen)

    with pytest.raises(EditConflict) as conflict:
        ticket.edit(by=requester, title="Mine", description="New words", version=seen)

    ticket.refresh_from_db()
    assert conflict.value.theirs == {"title": "Theirs"}
    assert (ticket.title, ticket.description) == ("Theirs", "It was fine yesterday.")


def test_saving_again_from_the_version_of_the_conflict_overwrites_knowingly(ticket, requester, admin):
    seen = ticket.version
    ticket.edit(by=admin, title="Theirs", version=seen)
    with pytest.raises(EditConflict) as conflict:
        ticket.edit(by=requester, title="Mine", version=seen)

    ticket.edit(by=requester, title="Mine", version=conflict.value.version)

    assert ticket.title == "Mine"


def test_the_same_change_by_both_is_no_conflict(ticket, requester, admin):
    seen = ticket.version
    ticket.edit(by=admin, title="Dark screen", version=seen)

    ticket.edit(by=requester, title="Dark screen", version=seen)

    assert ticket.events.count() == 2


def test_a_change_there_and_back_is_no_conflict(ticket, requester, admin):
    seen, title = ticket.version, ticket.title
    ticket.edit(by=admin, title="Dark screen")
    ticket.edit(by=admin, title=title)

    ticket.edit(by=requester, title="Mine", version=seen)

    assert ticket.title == "Mine"


@pytest.mark.parametrize("version", [0, -5, 2, 2**40])
def test_a_version_that_never_was_is_refused(ticket, requester, version):
    with pytest.raises(WrongStatus):
        ticket.edit(by=requester, title="Mine", version=version)


def test_words_are_kept_composed_however_they_are_typed(requester):
    ticket = TicketFactory(requester=requester, title="Ho\u0308rer", description="fu\u0308r alle")

    ticket.edit(by=requester, description="fu\u0308r niemand")
    ticket.reply("Gru\u0308ße", by=requester)

    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("Hörer", "für niemand")
    assert ticket.events.last().messages.get().body == "Grüße"


def test_words_of_before_are_not_changed_by_sending_them_back(ticket, requester):
    kept = "fu\u0308r alle"
    Ticket._base_manager.filter(pk=ticket.pk).update(description=kept)

    ticket.edit(by=requester, description=kept)
    ticket.edit(by=requester, description="für alle")

    ticket.refresh_from_db()
    assert (ticket.description, ticket.version) == (kept, 1)
