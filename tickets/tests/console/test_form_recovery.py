"""A session that ended while an admin was writing costs them nothing but a sign-in."""

import re

import pytest


def hidden_fields(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("resolve", {"text": "A long solution"}),
        ("hold", {"reason": "requester", "text": "A long question"}),
        ("edit", {"title": "A long title", "description": "A long story"}),
    ],
)
def test_what_was_typed_waits_behind_the_sign_in(admin, taken, client_of, verb, typed):
    client, url = client_of(admin), f"/admin/tickets/ticket/{taken.pk}/{verb}/"
    page = client.get(f"/admin/tickets/ticket/{taken.pk}/{'edit' if verb == 'edit' else 'change'}/")
    hidden = hidden_fields(page.content.decode())
    client.logout()

    sent = client.post(url, hidden | typed)
    assert sent.url == f"/auth/login/?next={url}"

    client.force_login(admin)
    page = client.get(url).content.decode()
    assert typed.get("title", typed["description"] if verb == "edit" else typed["text"]) in page
    assert "what you typed is still here" in page
    taken.refresh_from_db()
    assert taken.version == 2


def test_the_address_of_a_verb_leads_to_its_ticket(admin, taken, client_of):
    answer = client_of(admin).get(f"/admin/tickets/ticket/{taken.pk}/resolve/")

    assert answer.url == f"/admin/tickets/ticket/{taken.pk}/change/"
