"""What an admin decides about a ticket: it works, leaves one event, and is refused where it must be."""

import pytest

from tickets.events import Kind
from tickets.models import HoldReason, Status


def decide(console, address, ticket, verb, **words):
    ticket.refresh_from_db()
    return console.post(address(verb), {"version": ticket.version, **words})


def test_taking_a_ticket(console, address, ticket, admin):
    answer = console.post(address("take"))

    assert answer.url == address()
    ticket.refresh_from_db()
    assert ticket.assignee == admin
    assert [event.kind for event in ticket.events.all()] == [Kind.SUBMITTED, Kind.ASSIGNED]
    assert ticket.events.last().actor == admin


def test_a_colleague_who_was_faster_keeps_the_ticket(console, address, ticket, other_admin):
    ticket.take(by=other_admin)

    answer = console.post(address("take"))

    assert answer.status_code == 409
    assert "Oskar Otheradmin has this ticket" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.assignee == other_admin
    assert ticket.events.count() == 2


def test_assigning_to_a_colleague_and_back_to_nobody(console, address, ticket, other_admin):
    decide(console, address, ticket, "assign", assignee=other_admin.pk)
    ticket.refresh_from_db()
    assert ticket.assignee == other_admin

    decide(console, address, ticket, "assign", assignee="")
    ticket.refresh_from_db()
    assert ticket.assignee is None
    assert ticket.events.count() == 3


@pytest.mark.parametrize("who", ["requester", "nobody known", "10" * 20, "a\x00b", "-1"])
def test_assigning_to_somebody_who_works_no_tickets_is_refused(who, console, address, ticket, requester):
    answer = decide(console, address, ticket, "assign", assignee=requester.pk if who == "requester" else who)

    assert 'aria-invalid="true"' in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.assignee is None
    assert ticket.events.count() == 1


def test_a_ticket_in_progress_cannot_lose_its_assignee(console, address, taken, admin):
    taken.start(by=admin)

    answer = decide(console, address, taken, "assign", assignee="")

    assert answer.status_code == 409
    assert "Only an Open ticket can be without an assignee" in answer.content.decode()
    taken.refresh_from_db()
    assert taken.assignee == admin


def test_starting(console, address, taken):
    decide(console, address, taken, "start")

    taken.refresh_from_db()
    assert taken.status == Status.IN_PROGRESS
    assert taken.events.last().kind == Kind.STARTED


@pytest.mark.parametrize("verb", ["start", "hold", "resolve"])
def test_nobodys_ticket_is_not_worked_on(verb, console, address, ticket):
    answer = decide(console, address, ticket, verb, reason=HoldReason.REQUESTER, text="Kept words")

    assert answer.status_code == 409
    assert "Assign the ticket first" in answer.content.decode()
    assert ticket.events.count() == 1


@pytest.mark.parametrize(
    ("verb", "status"),
    [("start", Status.IN_PROGRESS), ("hold", Status.ON_HOLD), ("resolve", Status.RESOLVED)],
)
def test_nobodys_ticket_becomes_theirs_who_set_its_status(verb, status, console, address, ticket, admin):
    page = console.get(address())
    assert page.context["forms"][verb]["take"].value() is True
    assert "assigns the ticket to you" in page.content.decode()

    decide(console, address, ticket, verb, reason=HoldReason.SCHEDULED, take="True")

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (status, admin)
    assert ticket.events.count() == 2
    assert "took this ticket" in console.get(address()).content.decode()


@pytest.mark.parametrize("verb", ["start", "hold", "resolve"])
def test_who_would_take_it_along_is_told_that_a_colleague_was_faster(
    verb, console, address, ticket, other_admin
):
    ticket.take(by=other_admin)

    answer = console.post(
        address(verb), {"version": 1, "take": "True", "reason": HoldReason.SCHEDULED, "text": "Kept words"}
    )

    assert answer.status_code == 409
    assert "The assignee has changed since you opened it: Oskar Otheradmin now" in answer.content.decode()
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (Status.OPEN, other_admin)


def test_what_it_waits_for_already_is_not_offered(console, address, taken, admin):
    taken.hold(HoldReason.SCHEDULED, by=admin)

    offered = console.get(address()).context["forms"]["hold"].fields["reason"].choices

    assert [code for code, _ in offered] == [HoldReason.REQUESTER, HoldReason.THIRD_PARTY]


def test_holding_with_a_reason_and_a_question(console, address, taken):
    decide(console, address, taken, "hold", reason=HoldReason.REQUESTER, text="Which\r\nprinter?")

    taken.refresh_from_db()
    assert (taken.status, taken.hold_reason) == (Status.ON_HOLD, HoldReason.REQUESTER)
    assert taken.events.last().text == "Which\nprinter?"
    assert taken.events.count() == 3


def test_an_unknown_reason_is_refused_and_the_question_kept(console, address, taken):
    answer = decide(console, address, taken, "hold", reason="lunch", text="Which printer?")

    assert "lunch is not one of the available choices" in answer.content.decode()
    assert ">\nWhich printer?</textarea>" in answer.content.decode()
    assert taken.events.count() == 2


def test_resolving_with_a_text(console, address, taken, admin):
    decide(console, address, taken, "resolve", text="New <b>cable</b>.")

    taken.refresh_from_db()
    assert (taken.status, taken.resolved_by) == (Status.RESOLVED, admin)
    assert taken.events.last().text == "New <b>cable</b>."
    assert "<b>cable</b>" not in console.get(address()).content.decode()


@pytest.mark.parametrize("text", ["\x00", "x" * 20_001])
def test_a_text_that_cannot_be_kept_is_refused_beside_the_field(text, console, address, taken):
    answer = decide(console, address, taken, "resolve", text=text)

    assert 'aria-invalid="true"' in answer.content.decode()
    taken.refresh_from_db()
    assert taken.status == Status.OPEN


def test_closing(console, address, resolved):
    decide(console, address, resolved, "close")

    resolved.refresh_from_db()
    assert resolved.status == Status.CLOSED
    assert resolved.events.last().kind == Kind.CLOSED


def test_closing_an_open_ticket_is_refused(console, address, taken):
    answer = decide(console, address, taken, "close")

    assert answer.status_code == 409
    assert taken.events.count() == 2


def test_reopening_a_closed_ticket_needs_a_reason(console, address, resolved, admin):
    resolved.close(by=admin)

    refused = decide(console, address, resolved, "reopen", text=" ")
    assert refused.status_code == 409
    assert "Say why" in refused.content.decode()

    decide(console, address, resolved, "reopen", text="Dark again.")
    resolved.refresh_from_db()
    assert resolved.status == Status.IN_PROGRESS
    assert resolved.events.last().text == "Dark again."


def test_only_the_verbs_open_now_are_offered(console, address, taken, admin):
    offered = {
        name for name in ("start", "hold", "resolve", "close", "reopen") if offers(console, address, name)
    }
    assert offered == {"start", "hold", "resolve"}
    # What "then set" leads to, the buttons of the head lead to.
    then = console.get(address()).context["forms"]["message"].fields["then"].choices
    assert {code.partition(":")[0] for code, _ in then} == {"", "in_progress", "on_hold", "resolved"}

    taken.resolve(by=admin)
    offered = {
        name for name in ("start", "hold", "resolve", "close", "reopen") if offers(console, address, name)
    }
    assert offered == {"close", "reopen"}


def offers(console, address, verb):
    return f'action="{address(verb)}"' in console.get(address()).content.decode()


def test_a_status_or_an_assignee_smuggled_into_another_verb_is_ignored(
    console, address, taken, admin, other_admin
):
    decide(
        console, address, taken, "start", status="closed", assignee=other_admin.pk, requester=other_admin.pk
    )

    taken.refresh_from_db()
    assert (taken.status, taken.assignee) == (Status.IN_PROGRESS, admin)
    assert taken.requester != other_admin


NOTED = "Their manager asked us to wait."


@pytest.fixture
def noted(ticket, admin):
    ticket.note(NOTED, by=admin)
    return ticket


@pytest.fixture(params=["hold", "resolve", "reopen"])
def public(request, noted, admin):
    """A verb whose text the requester reads, open to the admin, and what else its form asks."""
    noted.take(by=admin)
    if request.param == "reopen":
        noted.resolve(by=admin)
    return request.param, {"reason": HoldReason.SCHEDULED} if request.param == "hold" else {}


def test_a_text_that_repeats_a_note_is_asked_about_and_changes_nothing(public, console, address, noted):
    verb, more = public
    version, status = noted.version, noted.status

    answer = decide(console, address, noted, verb, text=f"{NOTED} Sorry.", **more)

    page = answer.content.decode()
    assert f"would read a sentence of an internal note: “{NOTED}”" in page
    assert f"{NOTED} Sorry.</textarea>" in page
    assert f'name="sure" id="id_{verb}_sure"' in page
    noted.refresh_from_db()
    assert (noted.version, noted.status) == (version, status)


def test_a_text_that_repeats_a_note_is_sent_once_its_author_is_sure(public, console, address, noted):
    verb, more = public

    answer = decide(console, address, noted, verb, text=NOTED, sure="on", **more)

    assert answer.url == address()
    assert noted.events.last().text == NOTED


def test_a_text_that_repeats_no_note_is_not_asked_about(public, console, address, noted):
    verb, more = public
    assert 'name="sure"' not in console.get(address()).content.decode()

    answer = decide(console, address, noted, verb, text="We wait for a part.", **more)

    assert answer.url == address()
    assert noted.events.last().text == "We wait for a part."
