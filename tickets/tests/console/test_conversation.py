"""Writing to the requester and to colleagues from the ticket's page in the console."""

import pytest
from django.urls import reverse

from tickets.events import Kind
from tickets.models import Status
from tickets.tests.factories import TicketFactory


def address(ticket):
    return reverse("admin:tickets_ticket_message", args=[ticket.pk])


def page(ticket):
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def send(client, ticket, **fields):
    return client.post(
        address(ticket), {"version": ticket.version, "visibility": "reply", "then": "", **fields}
    )


@pytest.fixture
def client(client_of, admin):
    return client_of(admin)


def test_a_reply_is_sent_and_shown_to_both(client, client_of, ticket, requester):
    answer = send(client, ticket, text="Is the **cable** in?")

    assert answer.url == f"{page(ticket)}#e2"
    assert b"Is the <strong>cable</strong> in?" in client.get(page(ticket)).content
    shown = client_of(requester).get(ticket.get_absolute_url()).content
    assert b"Is the <strong>cable</strong> in?" in shown


def test_a_note_is_shown_to_admins_only(client, client_of, ticket, requester):
    answer = send(client, ticket, visibility="note", text="Gateway logs show time-outs.", then="resolved")

    assert answer.status_code == 302
    shown = client.get(page(ticket)).content.decode()
    assert f"Internal note, hidden from {requester}" in shown
    assert "Gateway logs" in shown
    assert b"Gateway logs" not in client_of(requester).get(ticket.get_absolute_url()).content
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN


def test_nothing_is_sent_unless_somebody_said_who_reads_it(client, ticket):
    answer = send(client, ticket, visibility="", text="Which visibility?")

    assert answer.status_code == 200
    assert b"Choose who reads this." in answer.content
    assert b"Which visibility?" in answer.content
    assert ticket.events.count() == 1


@pytest.mark.parametrize(
    ("then", "status", "reason"),
    [
        ("in_progress", "in_progress", ""),
        ("on_hold:requester", "on_hold", "requester"),
        ("resolved", "resolved", ""),
    ],
)
def test_a_reply_sets_the_status_in_the_same_step(client, admin, ticket, then, status, reason):
    send(client, ticket, text="Done so.", then=then)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.hold_reason, ticket.assignee) == (status, reason, admin)
    assert ticket.events.count() == 2


def test_a_status_that_cannot_follow_is_not_taken(client, ticket):
    answer = send(client, ticket, text="Bye.", then="closed")

    assert answer.status_code == 200
    assert b"Bye." in answer.content
    assert ticket.events.count() == 1


def test_an_answer_that_came_meanwhile_is_shown_before_one_s_own_is_sent(client, ticket, requester):
    seen = ticket.version
    ticket.reply("I found the cable.", by=requester)

    answer = send(client, ticket, version=seen, text="Try the cable.")

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "I found the cable." in shown
    assert "New since you opened this page" in shown
    assert "Try the cable." in shown
    # Nobody made a mistake.
    assert "hd-msg--warning cs-refusal" in shown
    assert ticket.events.count() == 2
    assert f'name="version" value="{ticket.version}"' in shown

    assert send(client, ticket, text="Try the cable.").status_code == 302


def test_a_sentence_of_a_note_is_not_given_away_by_accident(client, ticket, admin):
    ticket.note("Their manager asked us to wait. Call Bob.", by=admin)
    ticket.refresh_from_db()

    refused = send(client, ticket, text="Sorry! Their manager asked us to wait. More soon.")
    assert b"a sentence of an internal note" in refused.content
    assert ticket.events.count() == 2

    send(client, ticket, text="Sorry! Their manager asked us to wait. More soon.", sure="on")
    assert ticket.events.last().kind == Kind.REPLIED


def test_a_preview_sends_nothing(client, ticket):
    answer = send(client, ticket, text="A **star**.", preview="1")

    assert b"<strong>star</strong>" in answer.content
    assert b"A **star**.</textarea>" in answer.content
    assert ticket.events.count() == 1


def test_text_nobody_can_read_is_refused(client, ticket):
    assert send(client, ticket, text="\u200b").status_code == 409
    assert send(client, ticket, text="x" * 20_001).status_code == 200
    assert ticket.events.count() == 1


def test_users_do_not_reach_it(client_of, requester, ticket):
    assert send(client_of(requester), ticket, text="Hello.").status_code == 404
    assert ticket.events.count() == 1


def test_what_was_typed_survives_a_ticket_in_the_trash(client, ticket, admin):
    version = ticket.version
    ticket.trash(by=admin)

    answer = send(client, ticket, version=version, text="Too late.")

    assert answer.status_code == 409
    assert b"Too late." in answer.content


def test_a_harmful_reply_is_inert(client, ticket):
    send(client, ticket, text="<script>alert(1)</script> [x](javascript:alert(1))")

    shown = client.get(page(ticket)).content.decode()
    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown


def test_another_ticket_s_note_is_no_repetition(client, ticket, admin):
    TicketFactory().note("Their manager asked us to wait.", by=admin)

    assert send(client, ticket, text="Their manager asked us to wait.").status_code == 302


def test_a_preview_of_what_a_note_says_names_the_sentence(client, ticket, admin):
    ticket.note("Their manager asked us to wait.", by=admin)

    shown = send(client, ticket, text="Their **manager** asked us to wait.", preview="1").content

    assert b"Send it anyway" in shown
    assert b"a sentence of an internal note" in shown
    assert b"<strong>manager</strong>" in shown
    assert ticket.events.count() == 2


def test_a_text_that_is_too_long_is_refused_instead_of_previewed(client, ticket):
    shown = send(client, ticket, text="x" * 20_001, preview="1").content

    assert b'id="h-preview"' not in shown
    assert b"at most 20000 characters" in shown


def test_the_history_says_who_took_the_ticket_by_a_reply(client, console, ticket):
    send(client, ticket, text="Which one?", then="on_hold:requester")

    shown = " ".join(client.get(page(ticket)).content.decode().split())

    assert "took this ticket" in shown
    assert "to Ada Admin" in " ".join(console.get("/admin/tickets/ticketevent/").content.decode().split())
