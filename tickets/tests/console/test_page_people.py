"""Whom and what the page of a ticket names, offers and keeps from whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.tests.factories import AdminFactory
from tickets.models import Presence, Ticket, Upload
from tickets.tests.factories import RequestTypeFactory
from tickets.timeline import SHOWN
from tickets.uploads.form_keys import reply_key


def file(name):
    return SimpleUploadedFile(name, b"hello")


@pytest.fixture
def page(console, address):
    return lambda: console.get(address())


def test_a_purged_ticket_is_nowhere_to_be_found(console, address, ticket, admin):
    ticket.trash(by=admin)
    assert console.get(address()).status_code == 200

    ticket.purge(by=admin)

    assert console.get(address()).status_code == 404


def test_a_colleague_s_waiting_file_is_not_shown(page, ticket, admin, other_admin):
    Upload.objects.receive(file("mine.txt"), owner=admin, form=reply_key(ticket))
    Upload.objects.receive(file("theirs.txt"), owner=other_admin, form=reply_key(ticket))

    said = page().content.decode()

    assert "mine.txt" in said
    assert "theirs.txt" not in said


def test_files_of_the_ticket_stand_under_its_description_however_much_has_happened(console, requester, admin):
    names = ("first.txt", "second.txt")
    ticket = Ticket.submit(
        title="Screen",
        description="It is black.",
        request_type=RequestTypeFactory(),
        requester=requester,
        by=requester,
        files=[Upload.objects.receive(file(name), owner=requester, form="new") for name in names],
    )
    for number in range(SHOWN + 1):
        ticket.note(f"Note {number}.", by=admin)

    timeline = console.get(f"/admin/tickets/ticket/{ticket.pk}/change/").context["timeline"]

    assert timeline.earlier > 0
    assert [attachment.name for attachment in timeline.files] == ["first.txt", "second.txt"]


def test_whoever_is_there_is_named_writers_first(page, ticket, viewer, other_admin, admin):
    gone = AdminFactory(first_name="Gerd", last_name="Gone")
    for person, writing in ((viewer, False), (other_admin, False), (gone, True), (admin, True)):
        Presence.objects.enter(person, ticket, writing=writing)
    Presence.objects.filter(person=other_admin).update(writing=True)
    gone.deactivate(by=admin)

    named = [(presence.person, presence.writing) for presence in page().context["presences"]]

    assert named == [(other_admin, True), (viewer, False)]


def test_whoever_has_the_ticket_is_offered_with_those_who_can_have_it(page, taken, admin, other_admin):
    taken.assign(other_admin, by=admin)
    other_admin.groups.clear()

    choices = page().context["forms"]["properties"].fields["assignee"].widget.choices

    assert [words for _, words in choices] == ["Nobody", "Ada Admin", "Oskar Otheradmin"]


def test_an_admin_s_former_colleague_is_still_named(page, ticket, admin, other_admin):
    ticket.note("Called them.", by=other_admin)
    other_admin.groups.clear()

    said = page()

    assert "Oskar Otheradmin" in said.content.decode()
    assert "Oskar" not in str(said.context["forms"]["properties"]["assignee"])


def test_a_note_marks_whom_it_mentions_and_nobody_else(page, ticket, admin, other_admin):
    ticket.note(f"@{other_admin.email} please", by=admin)
    ticket.note(f"I told {other_admin.email}", by=admin)
    Presence.objects.enter(other_admin, ticket, writing=False)

    marked = [entry.mentioned for entry in page().context["timeline"].entries]

    assert marked == [[other_admin], []]


def test_whoever_resolved_it_is_named_also_when_they_have_left(page, taken, admin, other_admin):
    taken.resolve(by=other_admin, text="New cable.")
    other_admin.deactivate(by=admin)

    assert "by Oskar Otheradmin" in " ".join(page().content.decode().split())
