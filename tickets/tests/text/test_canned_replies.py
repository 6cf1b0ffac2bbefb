"""Canned replies: their few placeholders are filled in; all else stays literal."""

import pytest
from django.test import RequestFactory

from tickets.admin.composer import prefill
from tickets.models import CannedReply


def fill(body, ticket, *, me):
    return CannedReply(body=body).fill(ticket, me=me)


def test_every_placeholder_is_filled_in(ticket, admin, other_admin):
    ticket.assign(other_admin, by=admin)
    body = (
        "{{requester}}|{{ requester_first_name }}|{{number}}|{{ title}}|{{assignee}}|{{me }}|{{request_type}}"
    )

    assert fill(body, ticket, me=admin).split("|") == [
        "Rita Requester",
        "Rita",
        ticket.reference,
        ticket.title,
        "Oskar Otheradmin",
        "Ada Admin",
        ticket.request_type.name,
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{{7*7}}",
        "{% debug %}",
        "{{request}}",
        "{{ title|upper }}",
        "{{requester.password}}",
        "{title}",
        "{{{}}}",
    ],
)
def test_anything_else_stays_literal(body, ticket, admin):
    assert fill(body, ticket, me=admin) == body


def test_a_value_is_not_filled_in_again(ticket, requester, admin):
    ticket.edit(by=requester, title="{{me}} {{7*7}}")

    assert fill("{{title}}", ticket, me=admin) == "{{me}} {{7*7}}"


def test_a_filled_text_is_no_longer_than_a_reply(ticket, admin):
    assert len(fill("{{requester}}" * 1500, ticket, me=admin)) == 20_000


def test_prefilling_takes_what_the_person_may_use(ticket, admin, other_admin):
    shared = CannedReply.objects.create(title="Hello", body="Hello {{requester_first_name}}")
    theirs = CannedReply.objects.create(title="Secret", body="Secret", owner=other_admin)

    def asked(value):
        request = RequestFactory().get("/", {"canned": value})
        request.user = admin
        return prefill(ticket, request)

    assert asked(shared.pk) == "Hello Rita"
    for value in (theirs.pk, "", "x", "-1", "9" * 30, "²", "0"):
        assert asked(value) == ""
