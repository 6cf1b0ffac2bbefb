"""Mentions: colleagues named in an internal note, and nobody else."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.tests.factories import AdminFactory
from helpdesk.db.append_only import InsertOnlyError
from tickets.models import Mention, Ticket
from tickets.text.mentions import colleagues_like, highlight, mentioned_in


def test_by_name_by_address_and_in_any_case(admin, other_admin):
    assert mentioned_in("Please ask @Oskar Otheradmin.") == [other_admin]
    assert mentioned_in(f"@{other_admin.email}, please") == [other_admin]
    assert mentioned_in("@oskar OTHERADMIN and @Ada Admin: look") == [admin, other_admin]


@pytest.mark.parametrize(
    "text",
    ["Oskar Otheradmin", "@Oskar", "me@Oskar Otheradmin", "@Oskar Otheradmins", "@", "@ @", "@" * 20_000],
)
def test_what_is_no_mention(text, other_admin):
    assert mentioned_in(text) == []


def test_only_active_people_who_can_work_tickets(requester, other_admin, admin):
    other_admin.is_active = False
    other_admin.save()

    assert mentioned_in(f"@{requester.email} @Rita Requester @{other_admin.email} @Ada Admin") == [admin]


def test_the_longest_name_is_meant(admin):
    longer = AdminFactory(first_name="Ada", last_name="Admin Miller")

    assert mentioned_in("@Ada Admin Miller") == [longer]


def test_a_note_writes_down_each_once_and_not_its_writer(ticket, admin, other_admin):
    ticket.note("@Oskar Otheradmin, @Oskar Otheradmin and @Ada Admin", by=admin)

    assert [mention.person for mention in Mention.objects.all()] == [other_admin]
    assert list(Ticket.objects.mentioning(other_admin)) == [ticket]
    assert not Ticket.objects.mentioning(admin).exists()


def test_a_reply_mentions_nobody(ticket, admin, other_admin):
    ticket.reply("@Oskar Otheradmin will call you.", by=admin)

    assert not Mention.objects.exists()


def test_mentions_are_never_changed(ticket, admin, other_admin):
    ticket.note("@Oskar Otheradmin", by=admin)

    with pytest.raises(InsertOnlyError):
        Mention.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE tickets_mention SET person_id = %s", [admin.pk])


def test_highlighting_leaves_tags_links_and_code_alone(other_admin):
    name, mark = "@Oskar Otheradmin", '<mark class="hd-mention">@Oskar Otheradmin</mark>'

    assert highlight(f"<p>Hi {name}!</p>", [other_admin]) == f"<p>Hi {mark}!</p>"
    for markup in (f"<code>{name}</code>", f'<a href="/">{name}</a>', f'<img alt="{name}">'):
        assert highlight(markup, [other_admin]) == markup


def test_highlighting_brings_no_markup_of_a_name_in(db):
    person = AdminFactory(first_name="<b>O'Neil", last_name="</b>")

    assert highlight("@&lt;b&gt;O&#x27;Neil &lt;/b&gt;", [person]).startswith(
        '<mark class="hd-mention">@&lt;b'
    )
    assert highlight("@<b>O'Neil </b>", [person]) == "@<b>O'Neil </b>"


def test_colleagues_are_found_by_name_or_address(admin, other_admin, requester):
    assert colleagues_like("osk") == [other_admin]
    assert colleagues_like(admin.email) == [admin]
    assert colleagues_like("Rita") == []


@pytest.mark.parametrize("typed", ["@Jürgen Weiß", "@ju\u0308rgen weiss", "@JURGEN WEISS"])
def test_a_mention_is_found_and_marked_in_any_spelling(typed, db):
    person = AdminFactory(first_name="Jürgen", last_name="Weiß")

    assert mentioned_in(f"Ask {typed}, please.") == [person]
    assert highlight(f"Ask {typed}, <i>please</i>.", [person]) == (
        f'Ask <mark class="hd-mention">{typed}</mark>, <i>please</i>.'
    )


def test_a_longer_name_is_not_marked_as_the_shorter(db):
    person = AdminFactory(first_name="Ada", last_name="Weiß")

    assert highlight("@Ada Weisser @ada weis", [person]) == "@Ada Weisser @ada weis"
