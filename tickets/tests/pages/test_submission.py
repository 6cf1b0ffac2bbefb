"""Create Ticket."""

import re
import uuid

import pytest

from helpdesk.text.folding import composed
from tickets.models import RequestType, Ticket
from tickets.tests.factories import RequestTypeFactory
from tickets.tests.naughty import NAUGHTY, TITLES

URL = "/tickets/new/"


@pytest.fixture
def typed(db):
    return {
        "title": "Printer eats paper",
        "request_type": RequestTypeFactory().pk,
        "description": "Since Monday.\r\nOn floor 4.",
        "token": str(uuid.uuid4()),
    }


def test_sending_the_form_opens_a_ticket_and_leads_to_it(requester, client_of, typed):
    answer = client_of(requester).post(URL, typed)

    ticket = Ticket.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/tickets/{ticket.pk}/"
    assert (ticket.title, ticket.requester) == ("Printer eats paper", requester)
    assert ticket.description == "Since Monday.\nOn floor 4."


def test_the_page_offers_the_types_that_are_offered(requester, client_of):
    RequestType.objects.filter(name="Other").update(is_active=False)

    page = client_of(requester).get(URL).content.decode()

    assert "Onboarding Request" in page
    assert ">Other<" not in page


def test_the_same_form_sent_twice_makes_one_ticket(requester, client_of, typed):
    client = client_of(requester)

    first, second = client.post(URL, typed), client.post(URL, typed)

    assert first.url == second.url
    assert Ticket.objects.count() == 1


def test_going_back_and_sending_other_words_makes_a_second_ticket(requester, client_of, typed):
    client = client_of(requester)

    client.post(URL, typed)
    client.post(URL, typed | {"title": "Scanner eats paper"})

    assert Ticket.objects.count() == 2


def test_another_person_s_token_does_not_lead_to_their_ticket(requester, other_requester, client_of, typed):
    first = client_of(requester).post(URL, typed)
    second = client_of(other_requester).post(URL, typed)

    assert first.url != second.url
    assert {ticket.requester for ticket in Ticket.objects.all()} == {requester, other_requester}


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "This field is required."),
        ("title", " \t ", "This field is required."),
        ("title", "\u200b\u200b", "Write something that can be read."),
        ("title", "a" * 201, "at most 200 characters"),
        ("title", "nul\x00byte", "Null characters are not allowed."),
        ("description", "", "This field is required."),
        ("description", "  \n ", "Write something that can be read."),
        ("description", "a" * 20_001, "at most 20000 characters"),
        ("description", "nul\x00byte", "Null characters are not allowed."),
        ("request_type", "", "Choose what kind of help you need."),
        ("request_type", "999999", "Select a valid choice."),
        ("request_type", "nonsense", "Select a valid choice."),
        ("request_type", "9" * 40, "Select a valid choice."),
    ],
)
def test_bad_input_gets_an_error_beside_the_field_and_keeps_the_rest(
    requester, client_of, typed, field, value, error
):
    answer = client_of(requester).post(URL, typed | {field: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    beside = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert beside
    assert error in beside.group(1)
    assert not Ticket.objects.exists()
    kept = "Since Monday." if field != "description" else "Printer eats paper"
    assert kept in page


def test_a_token_that_is_none_is_refused_without_a_ticket_or_a_fault(requester, client_of, typed):
    answer = client_of(requester).post(URL, typed | {"token": "x' OR 1=1"})

    assert answer.status_code == 200
    assert not Ticket.objects.exists()


def test_smuggled_fields_are_ignored(requester, other_requester, admin, client_of, typed):
    smuggled = {
        "status": "closed",
        "assignee": admin.pk,
        "requester": other_requester.pk,
        "requester_id": other_requester.pk,
        "version": 99,
        "id": 4711,
        "score": 5,
        "submission_key": "mine",
        "by": admin.pk,
        "role": "Admin",
        "is_staff": "1",
    }

    client_of(requester).post(URL, typed | smuggled)

    ticket = Ticket.objects.get()
    requester.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.requester) == ("open", None, requester)
    assert (ticket.version, ticket.score) == (1, None)
    assert ticket.pk != 4711
    assert not requester.is_staff


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_texts_come_back_exactly_as_typed(requester, client_of, typed, text):
    client = client_of(requester)

    title = text if text in TITLES else "A title"

    answer = client.post(URL, typed | {"title": title, "description": text})

    assert answer.status_code == 302, answer.context["form"].errors
    ticket = Ticket.objects.get()
    assert ticket.title == composed(title)
    assert ticket.description == composed(text)
    for url in (answer.url, "/tickets/", "/tickets/update/", f"{answer.url}edit/"):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    form = client.get(f"{answer.url}edit/").context["form"]
    assert form["title"].value() == composed(title)
    assert form["description"].value() == composed(text)


@pytest.mark.parametrize(
    "title", ["\x1b[31mred", "bell\x07", "a\u202egpj.exe", "a\u2028b", "\u200b", "a\x85b"]
)
def test_a_title_that_is_no_plain_line_is_refused(requester, client_of, typed, title):
    answer = client_of(requester).post(URL, typed | {"title": title})

    assert answer.context["form"].errors["title"]
    assert not Ticket.objects.exists()


def test_a_megabyte_of_text_gets_an_error_beside_the_field_and_is_kept(requester, client_of, typed):
    text = "a" * 1_048_576

    answer = client_of(requester).post(URL, typed | {"description": text})

    assert answer.status_code == 200
    assert "at most 20000 characters (it has 1048576)" in answer.content.decode()
    assert text in answer.content.decode()
    assert not Ticket.objects.exists()


def test_more_than_any_form_takes_is_refused_before_it_is_read(requester, client_of, typed):
    answer = client_of(requester).post(URL, typed | {"description": "a" * 5_000_000})

    assert answer.status_code in (400, 413)
    assert not Ticket.objects.exists()


def test_a_guest_is_sent_to_sign_in_and_makes_no_ticket(client_of, typed):
    answer = client_of(None).post(URL, typed)

    assert answer.status_code == 302
    assert answer.url.startswith("/auth/login/")
    assert not Ticket.objects.exists()
