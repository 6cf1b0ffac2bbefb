"""Words leave the history for good; that and when somebody wrote stays, and the chain holds."""

import pytest
from django.core.management import CommandError, call_command

from helpdesk.models import AuditEvent
from tickets.events import Kind
from tickets.integrity.verify import LogVerifier
from tickets.models import Feedback, Message, Ticket
from tickets.search.query import search
from tickets.tests.history import assert_history_tells_every_row


@pytest.fixture
def talked(ticket, requester, admin):
    ticket.reply("My password is hunter2.", by=requester)
    ticket.reply("Do not write it here.", by=admin, then="resolved")
    ticket.rate(2, by=requester, comment="hunter2 again")
    return ticket


def bodies():
    return list(Message.objects.exclude(body="").values_list("body", flat=True))


def assert_chain_holds():
    rows = list(LogVerifier().run())
    assert rows


def test_one_reply_is_removed_and_everything_else_stays(talked, capsys):
    call_command("redact_ticket", talked.pk, 2)

    assert "My password is hunter2." not in bodies()
    assert "Do not write it here." in bodies()
    event = talked.events.last()
    assert (event.kind, event.actor, event.data) == (Kind.REDACTED, None, {"blanked": [None, [2]]})
    assert_history_tells_every_row()
    assert_chain_holds()
    assert capsys.readouterr().out == f"{talked.reference}: Removed.\n"


def test_removing_twice_removes_once(talked, capsys):
    call_command("redact_ticket", talked.pk, 2)
    call_command("redact_ticket", talked.pk, 2)

    assert "There was nothing left to remove." in capsys.readouterr().out
    assert talked.events.filter(kind=Kind.REDACTED).count() == 1


def test_title_and_description_go_from_ticket_and_search(talked):
    title = talked.title

    call_command("redact_ticket", talked.pk, 1)

    talked.refresh_from_db()
    assert (talked.title, talked.description) == ("Words removed", "")
    assert not search(Ticket.objects.all(), title).exists()
    assert_history_tells_every_row()
    assert_chain_holds()


def test_a_title_somebody_else_gave_it_stays(ticket, admin):
    ticket.edit(by=admin, title="Neutral title")

    call_command("redact_person", ticket.requester.email)

    ticket.refresh_from_db()
    assert (ticket.title, ticket.description) == ("Neutral title", "")
    assert_history_tells_every_row()


def test_all_of_one_person_is_removed_and_noted(talked, requester, capsys):
    call_command("redact_person", requester.email.upper())

    assert sorted(bodies()) == ["Do not write it here.", "Words removed"]
    assert Feedback.objects.get().comment == ""
    assert AuditEvent.objects.get(kind="redacted").person == requester
    assert_history_tells_every_row()
    assert_chain_holds()
    assert "3 events on 1 ticket" in capsys.readouterr().out


def test_a_dry_run_removes_nothing(talked, requester, capsys):
    call_command("redact_person", requester.email, dry_run=True)

    assert "My password is hunter2." in bodies()
    assert capsys.readouterr().out == "Would remove the words and files of 3 events on 1 ticket.\n"


def test_what_is_not_there_is_named(talked):
    with pytest.raises(CommandError, match="no event 99"):
        call_command("redact_ticket", talked.pk, 99)
    with pytest.raises(CommandError, match="There is no ticket 999"):
        call_command("redact_ticket", 999, 1)
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("redact_person", "nobody@example.com")


def test_the_page_says_that_words_were_removed(talked, client_of, requester, admin):
    talked.redact([2], by=admin)

    shown = client_of(requester).get(talked.get_absolute_url()).content.decode()
    assert "These words were removed." in shown
    assert "hunter2." not in shown


def test_requesters_remove_nothing(talked, requester):
    from tickets.errors import NotAllowed

    with pytest.raises(NotAllowed):
        talked.redact([2], by=requester)
