"""A ticket changed in its row: what is offered, to whom, and where it leads."""

import pytest

LIST = "/admin/tickets/ticket/"


@pytest.fixture
def quick(address):
    return address("quick")


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_row_offers_to_take_what_nobody_has(console, ticket, admin, address):
    take = f'formaction="{address("take")}?to=list&amp;list="'
    assert take in text_of(console.get(LIST))

    answer = console.post(f"{address('take')}?to=list&list=status%3Dopen", {}, follow=True)

    assert answer.redirect_chain == [(f"{LIST}?status=open", 302)]
    assert f"{ticket.reference} is yours." in text_of(answer)
    ticket.refresh_from_db()
    assert ticket.assignee == admin
    assert address("take") not in text_of(console.get(LIST))


def test_its_properties_are_changed_on_its_version(console, ticket, admin, quick, address):
    form = text_of(console.get(quick, {"list": "status=open"}))

    assert "<html" not in form
    assert f'action="{address("properties")}?to=list&amp;list=status%3Dopen&amp;at="' in form
    assert 'name="version" value="1"' in form
    fields = {"status": "in_progress", "assignee": admin.pk, "request_type": ticket.request_type_id}
    answer = console.post(f"{address('properties')}?to=list", {**fields, "version": 1})
    assert answer.url == LIST
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee) == ("in_progress", admin)


def test_what_somebody_else_changed_meanwhile_is_told(console, ticket, admin, other_admin, address):
    ticket.take(by=other_admin)
    fields = {"status": "open", "assignee": admin.pk, "request_type": ticket.request_type_id}

    answer = console.post(f"{address('properties')}?to=list", {**fields, "version": 1})

    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_view_only_staff_are_offered_nothing(client_of, viewer, ticket, quick):
    browser = client_of(viewer)

    assert browser.get(quick).status_code == 403
    page = text_of(browser.get(LIST))
    assert "data-quick" not in page
    assert "data-take" not in page


def test_another_place_than_the_list_is_never_led_to(console, ticket, address):
    answer = console.post(f"{address('take')}?to=list&list=//evil.example/%3Fx", {})

    assert answer.url.startswith(f"{LIST}?")
