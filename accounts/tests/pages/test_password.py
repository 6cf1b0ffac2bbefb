import unicodedata

import pytest
import time_machine
from django.core import mail

from accounts.tests.factories import PASSWORD, UserFactory
from accounts.tests.mailbox import link_in, mails_to

CHANGE, RESET = "/auth/password/change/", "/auth/password/reset/"
NEW = "another river there"
pytestmark = pytest.mark.django_db


def change(client, old=PASSWORD, new=NEW, again=None):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})


def test_changing_the_password_ends_other_sessions_and_keeps_this_one(client_of, requester):
    here, elsewhere = client_of(requester), client_of(requester)
    key = here.session.session_key

    response = change(here)

    requester.refresh_from_db()
    assert response["Location"] == "/auth/profile/"
    assert requester.check_password(NEW)
    assert here.get("/auth/profile/").status_code == 200
    assert here.session.session_key != key
    assert elsewhere.get("/auth/profile/").status_code == 302
    assert mails_to(requester.email)[0].subject == "[Helpdesk] Your password was changed"


@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        ({"old": "not this one"}, "oldpassword", "not your current password"),
        ({"old": "x" * 1025}, "oldpassword", "longer than 1,024"),
        ({"new": "short"}, "password1", "at least 12"),
        ({"new": "x" * 1025}, "password1", "longer than 1,024"),
        ({"new": "Rita Requester 1"}, "password1", "your name"),
        ({"again": "something else here"}, "password2", "same password"),
    ],
)
def test_a_refused_change_says_why_beside_the_field(client_of, requester, typed, field, error):
    response = change(client_of(requester), **typed)

    requester.refresh_from_db()
    assert any(error in text for text in response.context["form"].errors[field])
    assert requester.check_password(PASSWORD)


def test_guessing_the_current_password_is_limited(client_of, requester):
    client = client_of(requester)
    for n in range(5):
        change(client, old=f"guess {n}")

    response = change(client)

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Please wait a moment" in response.content.decode()


def ask_for_link(client, person):
    client.post(RESET, {"email": person.email})
    return link_in(mails_to(person.email)[-1])


def choose(client, link, password=NEW):
    form = client.get(link)
    return client.post(form.get("Location", link), {"password1": password, "password2": password})


def test_a_forgotten_password_is_replaced(client, client_of, requester):
    elsewhere = client_of(requester)
    link = ask_for_link(client, requester)

    response = choose(client, link)

    requester.refresh_from_db()
    assert response["Location"] == "/auth/password/reset/key/done/"
    assert requester.check_password(NEW)
    assert elsewhere.get("/auth/profile/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_key_is_not_in_the_address_of_the_form(client, requester):
    link = ask_for_link(client, requester)

    assert client.get(link)["Location"].endswith("-set-password/")


def test_a_link_works_once(client, client_of, requester):
    link = ask_for_link(client, requester)
    choose(client, link)

    page = choose(client_of(None), link, "yet another river")

    requester.refresh_from_db()
    assert "no longer works" in page.content.decode()
    assert requester.check_password(NEW)


def test_a_link_works_for_one_hour(client, requester):
    with time_machine.travel("2026-11-22 10:00:00+00:00", tick=False) as clock:
        link = ask_for_link(client, requester)
        clock.shift(3601)

        page = client.get(link)

    assert "no longer works" in page.content.decode()


def test_opening_a_link_leaves_somebody_else_signed_in(client, client_of, requester, other_requester):
    link = ask_for_link(client, requester)
    other = client_of(other_requester)

    other.get(other.get(link)["Location"])

    assert other.get("/auth/profile/").context["user"] == other_requester


def test_known_and_unknown_addresses_get_the_same_answer(client_of, requester):
    known = client_of(None).post(RESET, {"email": requester.email})
    unknown = client_of(None).post(RESET, {"email": "nobody@example.com"})

    assert (known.status_code, known["Location"], known.content) == (302, f"{RESET}done/", unknown.content)
    assert known["Location"] == unknown["Location"]
    assert mails_to("nobody@example.com") == []


def test_a_closed_account_gets_no_link(client, requester):
    requester.deactivate(by=None)

    client.post(RESET, {"email": requester.email})

    assert mails_to(requester.email) == []


def test_three_links_an_hour_go_to_one_address_and_the_answer_stays(client, requester):
    answers = {client.post(RESET, {"email": requester.email})["Location"] for _ in range(5)}

    assert answers == {f"{RESET}done/"}
    assert len(mails_to(requester.email)) == 3


def test_twenty_questions_in_five_minutes_are_enough_for_a_network(client):
    for n in range(20):
        client.post(RESET, {"email": f"p{n}@example.com"})

    response = client.post(RESET, {"email": "p20@example.com"})

    assert response.status_code == 429
    assert int(response["Retry-After"]) <= 301


def test_a_wished_address_gets_no_link_to_the_account(client, requester):
    requester.ask_to_change_email("typing.error@example.com")

    client.post(RESET, {"email": "typing.error@example.com"})

    assert mails_to("typing.error@example.com") == []


@pytest.mark.parametrize("key", ["1-x", "zz-abc-def", "1-set-password"])
def test_a_made_up_link_says_what_to_do(client, requester, key):
    page = client.get(f"/auth/password/reset/key/{key}/")

    assert "no longer works" in page.content.decode()


def test_a_reset_is_sent_whatever_the_spelling_of_the_domain(client):
    UserFactory(email="info@bücher.example")

    client.post(RESET, {"email": "info@xn--bcher-kva.example"})

    assert [letter.to for letter in mail.outbox] == [["info@bücher.example"]]


def test_a_password_is_the_same_however_it_is_typed(client, settings):
    settings.PASSWORD_HASHERS = ["accounts.password_hashing.Argon2Hasher"]
    person = UserFactory(password="Grüße aus München 9")

    typed = unicodedata.normalize("NFD", "Grüße aus München 9")

    assert client.post("/auth/login/", {"login": person.email, "password": typed})["Location"] == "/"
