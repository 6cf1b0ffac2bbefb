"""Decisions made on what is not so any more: refused, said, nothing typed lost, and possible once more."""

import re

import pytest

from tickets.models import HoldReason, Status


def hidden_version(page, form):
    return re.search(rf'/{form}/".*?name="version" value="(\d+)"', page.content.decode(), re.DOTALL)[1]


def test_assigning_after_a_colleague_did_names_the_colleague(console, address, ticket, admin, other_admin):
    ticket.take(by=other_admin)

    answer = console.post(address("assign"), {"version": 1, "assignee": admin.pk})

    assert answer.status_code == 409
    assert "The assignee has changed since you opened it: Oskar Otheradmin now." in answer.content.decode()
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.version) == (other_admin, 2)


def test_the_second_try_is_a_decision_on_what_is_so_now(console, address, ticket, admin, other_admin):
    ticket.take(by=other_admin)
    refused = console.post(address("assign"), {"version": 1, "assignee": admin.pk})

    again = {"version": hidden_version(refused, "assign"), "assignee": admin.pk}
    console.post(address("assign"), again)

    ticket.refresh_from_db()
    assert ticket.assignee == admin


def test_resolving_what_was_put_on_hold_meanwhile_keeps_the_text(console, address, taken, other_admin):
    taken.hold(HoldReason.SCHEDULED, by=other_admin)

    answer = console.post(address("resolve"), {"version": 2, "text": "My long <explanation>."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The status has changed since you opened it: On Hold, scheduled, now." in page
    assert "My long &lt;explanation&gt;.</textarea>" in page
    assert re.search(r"<details[^>]*data-status\s+open>\s*<summary[^>]*>.{,400}Resolve", page, re.DOTALL)
    taken.refresh_from_db()
    assert taken.status == Status.ON_HOLD


def test_resolving_what_was_resolved_meanwhile_keeps_the_text(console, address, taken, other_admin):
    taken.resolve(by=other_admin, text="Done.")

    answer = console.post(address("resolve"), {"version": 2, "text": "Done, too."})

    assert answer.status_code == 409
    assert "Done, too.</textarea>" in answer.content.decode()
    assert taken.events.count() == 3


def test_an_edit_meanwhile_does_not_stand_in_the_way(console, address, taken, other_admin):
    taken.edit(title="Screen stays black", by=other_admin)

    console.post(address("resolve"), {"version": 2, "text": ""})

    taken.refresh_from_db()
    assert (taken.status, taken.title) == (Status.RESOLVED, "Screen stays black")


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "99", str(2**31), str(10**30), None])
@pytest.mark.parametrize("verb", ["assign", "start", "hold", "resolve"])
def test_a_version_that_cannot_be_is_refused(version, verb, console, address, taken, other_admin):
    words = {"assignee": other_admin.pk, "reason": HoldReason.REQUESTER, "text": "Kept"}
    if version is not None:
        words["version"] = version

    answer = console.post(address(verb), words)

    assert answer.status_code in (200, 409)
    assert 'role="alert"' in answer.content.decode()
    assert taken.events.count() == 2
