"""Canned replies in the console: shared ones and one's own; those of others are missing."""

import pytest

from tickets.models import CannedReply, Draft

LIST = "/admin/tickets/cannedreply/"


@pytest.fixture
def shared(db):
    return CannedReply.objects.create(
        title="Restart", body="Hello {{ requester_first_name }}, restart <b>it</b>."
    )


@pytest.fixture
def secret(other_admin):
    return CannedReply.objects.create(title="Secret", body="Psst", owner=other_admin)


def test_adding_a_shared_and_a_personal_one(console, admin):
    console.post(f"{LIST}add/", {"title": "Hello", "body": "Hello {{me}}"})
    console.post(f"{LIST}add/", {"title": "Mine", "body": "Mine", "personal": "on"})

    owners = dict(CannedReply.objects.values_list("title", "owner"))
    assert owners == {"Hello": None, "Mine": admin.pk}
    assert "Mine" in console.get(LIST).content.decode()


def test_changing_and_deleting_a_shared_one(console, shared):
    console.post(f"{LIST}{shared.pk}/change/", {"title": "Reboot", "body": "Reboot it."})
    shared.refresh_from_db()
    assert shared.title == "Reboot"

    change = console.get(f"{LIST}{shared.pk}/change/").content.decode()
    assert f'href="{LIST}{shared.pk}/delete/"' in change
    page = console.get(f"{LIST}{shared.pk}/delete/").content.decode()
    assert f'href="{LIST}{shared.pk}/change/">No, take me back' in page
    console.post(f"{LIST}{shared.pk}/delete/", {"post": "yes"})

    assert not CannedReply.objects.exists()


def test_another_s_personal_one_is_missing(console, secret, address):
    assert "Secret" not in console.get(LIST).content.decode()
    for page in ("change", "delete", "history"):
        assert console.get(f"{LIST}{secret.pk}/{page}/").status_code == 404
        assert console.post(f"{LIST}{secret.pk}/{page}/", {"post": "yes"}).status_code == 404
    assert "Psst" not in console.get(address("canned")).content.decode()
    assert console.get(f"{address()}?canned={secret.pk}").context["begun"] == {}
    assert CannedReply.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "", "body": "x"},
        {"title": "x", "body": ""},
        {"title": "x", "body": "\u200b"},
        {"title": "a\x00b", "body": "x"},
        {"title": "x" * 101, "body": "x"},
        {"title": "x", "body": "x" * 20_001},
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(typed, console):
    assert 'class="errorlist"' in console.post(f"{LIST}add/", typed).content.decode()

    assert not CannedReply.objects.exists()


def test_beside_a_ticket_they_are_filled_in(console, shared, address):
    replies = console.get(address("canned"), headers={"Accept": "application/json"}).json()["replies"]
    assert replies == [{"id": shared.pk, "title": "Restart", "text": "Hello Rita, restart <b>it</b>."}]

    page = console.get(address("canned")).content.decode()
    assert "Hello Rita, restart &lt;b&gt;it" in page
    assert f"{address()}?canned={shared.pk}" in page
    chosen = console.get(f"{address()}?canned={shared.pk}")
    assert "Hello Rita, restart &lt;b&gt;it&lt;/b&gt;.</textarea>" in chosen.content.decode()


def test_a_chosen_one_comes_after_the_draft(console, shared, address, ticket, admin):
    Draft.objects.keep("About your screen:", ticket=ticket, visibility="reply", by=admin)
    Draft.objects.keep("He has not.", ticket=ticket, visibility="note", by=admin)

    begun = console.get(f"{address()}?canned={shared.pk}").context["begun"]

    assert begun["visibility"] == "reply"
    assert begun["text"].startswith("About your screen:\n\nHello Rita")


def test_a_draft_comes_back_in_its_own_voice(console, address, ticket, admin):
    Draft.objects.keep("He has not.", ticket=ticket, visibility="note", by=admin)

    form = console.get(address()).context["forms"]["message"]

    assert form.is_note
    assert form["text"].value() == "He has not."
