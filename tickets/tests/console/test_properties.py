"""The properties at the side of the ticket's page."""

import pytest
from django.urls import reverse

from tickets.events import Kind
from tickets.models import Status
from tickets.tests.factories import RequestTypeFactory


@pytest.fixture
def save(console, ticket):
    def save(version=None, **fields):
        shown = {"assignee": "", "request_type": ticket.request_type_id}
        sent = {"version": version or ticket.version, **shown, **fields}
        address = reverse("admin:tickets_ticket_properties", args=[ticket.pk])
        return console.post(address, {name: value for name, value in sent.items() if value is not None})

    return save


def test_they_are_saved_together(save, ticket, admin):
    other = RequestTypeFactory(name="Another Issue")

    answer = save(assignee=admin.pk, request_type=other.pk)

    assert answer.status_code == 302
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.request_type) == (admin, other)
    assert ticket.events.last().kind == Kind.CHANGED


def test_the_page_asks_for_no_status_and_leaves_it_alone(save, console, address, taken, admin):
    shown = console.get(address()).context["forms"]["properties"]
    assert "status" not in shown.fields
    taken.hold("scheduled", by=admin)

    save(version=2, assignee=admin.pk, request_type=RequestTypeFactory(name="Another Issue").pk)

    taken.refresh_from_db()
    assert taken.status == Status.ON_HOLD


def test_what_changed_is_told_in_the_history(save, console, ticket, admin):
    save(assignee=admin.pk, request_type=RequestTypeFactory(name="Another Issue").pk)

    page = console.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    assert "the assignee to <b>Ada Admin</b>" in page
    assert f"the request type from {ticket.request_type} to <b>Another Issue</b>" in page


def test_the_former_assignee_is_told_in_the_history(save, console, ticket, admin, other_admin):
    ticket.take(by=other_admin)
    save(assignee=admin.pk, request_type=RequestTypeFactory(name="Another Issue").pk)

    page = console.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    assert "the assignee from Oskar Otheradmin to <b>Ada Admin</b>" in " ".join(page.split())


def test_the_former_request_type_is_told_in_history_and_audit(save, console, ticket):
    former = ticket.request_type
    save(request_type=RequestTypeFactory(name="Another Issue").pk)

    page = console.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()
    audit = console.get(reverse("admin:tickets_ticketevent_changelist")).content.decode()

    assert ticket.events.last().kind == Kind.EDITED
    assert f"Request type: Another Issue, before: {former}" in page
    assert f"{former} to Another Issue" in audit


def test_what_was_saved_is_said_beside_the_way_back(save, console, ticket, admin):
    before = ticket.request_type
    answer = save(assignee=admin.pk, request_type=RequestTypeFactory(name="Another Issue").pk)

    page = console.get(answer.url)

    undo = page.context["undo"]
    assert (undo["assignee"], undo["request_type"]) == ("", before.pk)
    words = " ".join(page.content.decode().split())
    assert "Assigned to <b>Ada Admin</b>." in words
    assert "Request type: <b>Another Issue</b>." in words
    # What the notice's button sends.
    ticket.refresh_from_db()
    assert save(assignee="", request_type=before.pk).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.request_type) == (None, before)


def test_nothing_is_taken_back_once_something_else_has_happened(
    save, console, client_of, other_admin, ticket, admin
):
    address = save(assignee=admin.pk).url
    assert console.get(address).context["undo"]
    # Nor by somebody else.
    assert client_of(other_admin).get(address).context["undo"] is None

    ticket.note("Seen.", by=admin)

    assert console.get(address).context["undo"] is None


@pytest.mark.parametrize("changed", ["", "x", "1", "99999999999999999999"])
def test_nonsense_in_the_address_offers_no_way_back(changed, save, console, ticket, admin):
    save(assignee=admin.pk)

    page = console.get(reverse("admin:tickets_ticket_change", args=[ticket.pk]), {"changed": changed})

    assert page.context["undo"] is None


def test_saving_what_is_so_already_says_so(save, console, ticket):
    page = console.get(save().url).content.decode()

    assert "Nothing was different" in page
    assert ticket.events.count() == 1


def test_without_script_they_have_a_page_of_their_own(console, address, ticket, admin):
    page = console.get(address("properties"))

    assert page.status_code == 200
    assert {field.name for field, _ in page.context["form"].rows()} == {"assignee", "request_type"}
    words = page.content.decode()
    assert f'<option value="{admin.pk}">Ada Admin</option>' in words
    assert "Save properties" in words
    # There, no other form is beside it whose button would drop a choice.
    assert "data-composer" not in words


def disabled(form):
    return {name for name, field in form.fields.items() if field.disabled}


def test_what_the_status_does_not_allow_is_not_offered(save, console, resolved, admin):
    address = reverse("admin:tickets_ticket_change", args=[resolved.pk])

    assert disabled(console.get(address).context["forms"]["properties"]) == {"request_type"}
    resolved.close(by=admin)
    assert disabled(console.get(address).context["forms"]["properties"]) == {"request_type", "assignee"}
    # A browser does not send them: they are as they were.
    before = resolved.version
    assert save(version=before, assignee=None, request_type=None).status_code == 302
    resolved.refresh_from_db()
    assert (resolved.assignee, resolved.version) == (admin, before)


def test_what_was_chosen_before_it_was_resolved_is_refused_and_kept(save, resolved, admin):
    other = RequestTypeFactory(name="Another Issue")

    answer = save(version=2, assignee=admin.pk, request_type=other.pk)

    assert answer.status_code == 409
    assert "no longer allows this" in answer.content.decode()
    assert answer.context["form"]["request_type"].value() == str(other.pk)
    resolved.refresh_from_db()
    assert resolved.request_type != other


def test_a_conflict_shows_theirs_and_keeps_mine(save, ticket, admin, other_admin):
    ticket.take(by=other_admin)

    answer = save(version=1, assignee=admin.pk)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs: <b>Oskar Otheradmin</b>" in " ".join(page.split()).replace("> ", ">").replace(
        "Theirs:<", "Theirs: <"
    )
    assert f'<option value="{admin.pk}" selected>' in page

    assert save(assignee=admin.pk).status_code == 302
    ticket.refresh_from_db()
    assert ticket.assignee == admin


def test_a_status_others_changed_meanwhile_is_kept(save, ticket, admin, other_admin):
    ticket.take(by=other_admin)
    ticket.start(by=other_admin)

    assert save(version=2, assignee=admin.pk).status_code == 302

    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == (Status.IN_PROGRESS, admin)


def test_a_status_that_fits_no_more_is_shown_beside_theirs(save, ticket, admin, other_admin):
    ticket.take(by=other_admin)
    ticket.resolve(by=other_admin)

    answer = save(version=2, status="on_hold:requester", assignee=other_admin.pk)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs: <b>Resolved</b>" in " ".join(page.split())
    assert '<option value="on_hold:requester" selected>' in page


def test_work_without_an_assignee_is_refused(save, ticket):
    answer = save(status="in_progress")

    assert answer.status_code == 409
    assert b"Assign the ticket first" in answer.content


@pytest.mark.parametrize(
    "nonsense",
    [{"status": "x"}, {"status": "on_hold"}, {"assignee": "999999"}, {"request_type": "x"}, {"version": "x"}],
)
def test_nonsense_is_refused_beside_its_field(save, ticket, nonsense):
    assert save(**nonsense).status_code == 200
    assert ticket.events.count() == 1


def test_users_do_not_reach_it(client_of, requester, ticket):
    address = reverse("admin:tickets_ticket_properties", args=[ticket.pk])

    assert client_of(requester).post(address, {"version": 1, "assignee": ""}).status_code == 404
