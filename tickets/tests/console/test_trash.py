"""Deleting: asks, needs the tick, moves to the trash, and comes back."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tickets.events import Kind
from tickets.models import Upload


def test_the_question_names_the_ticket_its_requester_and_what_goes(console, address, ticket):
    page = console.get(address("delete")).content.decode()

    for words in ("Delete HD-", "Screen stays dark", "Rita Requester", "will no longer see it"):
        assert words in page
    assert what_goes(page)["History"] == "1 event"
    assert ticket.events.count() == 1


def what_goes(page):
    """What the question names: words -> the number behind them."""
    listed = re.search(r'cs-confirm__sum">(.*?)</ul>', page, re.DOTALL)[1]
    items = [re.sub(r"<[^>]+>", " ", item).split() for item in listed.split("<li>")[1:]]
    return {words[0]: " ".join(words[1:]).replace("\xa0", " ") for words in items}


def test_the_question_counts_replies_notes_files_and_names_the_rating(
    console, address, taken, admin, requester
):
    upload = Upload.objects.receive(SimpleUploadedFile("log.txt", b"x" * 2048), owner=requester, form="new-1")
    taken.reply("See the log.", by=requester, files=[upload])
    taken.reply("Thank you.", by=admin)
    taken.note("Known fault.", by=admin)
    taken.resolve(by=admin, text="New cable.")
    taken.rate(4, by=requester)

    page = console.get(address("delete")).content.decode()

    assert what_goes(page) == {
        "Description": "",
        "Replies": "2",
        "Internal": "note 1",
        "File": "1 2.0 KB",
        "Rating": "4 of 5",
        "History": "7 events",
    }
    assert "Ada Admin</b>: no longer has it" in page


def test_a_resolved_ticket_can_be_closed_instead(console, address, taken, admin):
    assert "Resolve the ticket instead" in console.get(address("delete")).content.decode()

    taken.resolve(by=admin, text="New cable.")

    page = console.get(address("delete")).content.decode()
    assert f'href="{address()}#h-status">Close the ticket instead' in page


def test_without_the_tick_nothing_is_deleted(console, address, ticket):
    answer = console.post(address("delete"))

    assert "Tick the box" in answer.content.decode()
    ticket.refresh_from_db()
    assert not ticket.is_in_trash


def test_with_the_tick_it_moves_to_the_trash(console, address, ticket, admin, client_of, requester):
    answer = console.post(address("delete"), {"understood": "on"})

    assert answer.url == address()
    ticket.refresh_from_db()
    assert ticket.is_in_trash
    assert ticket.events.last().kind == Kind.TRASHED
    assert ticket.events.last().actor == admin
    assert ticket.title not in console.get("/admin/tickets/ticket/").content.decode()
    assert ticket.title in console.get("/admin/tickets/ticket/?trash=true").content.decode()


def test_restoring_brings_it_back(console, address, ticket, admin):
    ticket.trash(by=admin)
    assert f'action="{address("restore")}"' in console.get(address()).content.decode()

    console.post(address("restore"))

    ticket.refresh_from_db()
    assert not ticket.is_in_trash
    assert ticket.events.count() == 3


def test_in_the_trash_nothing_else_is_offered_or_done(console, address, taken, admin):
    taken.trash(by=admin)

    page = console.get(address()).content.decode()
    for verb in ("assign", "start", "hold", "resolve", "edit", "delete"):
        assert address(verb) not in page
    answer = console.post(address("resolve"), {"version": 3, "text": ""})

    assert answer.status_code == 409
    assert "in the trash" in answer.content.decode()


def test_deleting_twice_is_said(console, address, ticket, admin):
    ticket.trash(by=admin)

    assert console.get(address("delete")).url == address()
    assert console.post(address("delete"), {"understood": "on"}).status_code == 409
    assert ticket.events.count() == 2


def test_restoring_what_is_not_in_the_trash_is_refused(console, address, ticket):
    assert console.post(address("restore")).status_code == 409
    assert ticket.events.count() == 1


def test_the_page_that_asks_leads_back_to_the_ticket(client_of, admin, ticket):
    page = client_of(admin).get(f"/admin/tickets/ticket/{ticket.pk}/delete/").content.decode()

    assert f'href="/admin/tickets/ticket/{ticket.pk}/change/">No, take me back' in page
