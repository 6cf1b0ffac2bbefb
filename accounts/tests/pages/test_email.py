import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.core import mail

from accounts.models import User
from accounts.tests.console.test_password_again import typed
from accounts.tests.factories import PASSWORD
from accounts.tests.mailbox import link_in, mails_to

URL = "/auth/email/"
NEW = "rita@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, requester):
    """Signed in as the requester, the password confirmed."""
    client = client_of(requester)
    client.post("/auth/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_password_is_asked_again_and_then_the_wish_goes_on(client_of, requester):
    client = client_of(requester)

    asked = client.post(URL, {"email": NEW})
    refused = client.post(*typed(asked, "not this one"))
    done = client.post(*typed(refused))

    assert "not your password" in refused.content.decode()
    assert done["Location"] == URL
    assert requester.new_email == NEW


def test_the_new_address_counts_once_its_link_was_opened(client, requester):
    old = requester.email
    client.post(URL, {"email": NEW.upper()})
    (letter,) = mails_to(NEW)
    requester.refresh_from_db()
    before = requester.email

    client.post(link_in(letter))

    requester.refresh_from_db()
    assert (before, requester.email) == (old, NEW)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert mails_to(old)[0].subject == "[Helpdesk] Your address was changed"


def test_the_old_address_does_not_sign_in_any_more(client, client_of, requester):
    old = requester.email
    client.post(URL, {"email": NEW})
    client.post(link_in(mails_to(NEW)[0]))

    answers = [
        client_of(None).post("/auth/login/", {"login": login, "password": PASSWORD}).status_code
        for login in (old, NEW)
    ]

    assert answers == [200, 302]


def test_somebody_registered_but_not_verified_keeps_their_address_meanwhile(client_of):
    user = User.objects.register("new@example.com", PASSWORD, first_name="N", last_name="N").user
    client = client_of(user)
    client.post("/auth/reauthenticate/", {"password": PASSWORD})

    client.post(URL, {"email": NEW})

    user.refresh_from_db()
    assert (user.email, user.new_email) == ("new@example.com", NEW)


def test_anothers_address_gets_the_same_answer_and_its_owner_a_word(client, requester, other_requester):
    free = client.post(URL, {"email": NEW}, follow=True)
    taken = client.post(URL, {"email": other_requester.email}, follow=True)

    assert free.redirect_chain == taken.redirect_chain
    assert page_of(free, NEW) == page_of(taken, other_requester.email)
    (letter,) = mails_to(other_requester.email)
    assert letter.subject == "[Helpdesk] Somebody tried to use your address"


def page_of(response, email):
    page = response.content.decode().replace(email, "")
    return re.sub(r'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"', "", page)


def test_an_address_somebody_got_meanwhile_is_refused_when_confirmed(client, requester):
    client.post(URL, {"email": NEW})
    link = link_in(mails_to(NEW)[0])
    User.objects.register(NEW, PASSWORD, first_name="F", last_name="Faster")

    response = client.post(link)

    requester.refresh_from_db()
    assert requester.email != NEW
    assert "Please choose another" in str(list(get_messages(response.wsgi_request))[-1])


@pytest.mark.parametrize(("email", "error"), [("rita", "valid email"), ("", "required"), ("own", "already")])
def test_what_is_refused_is_said_beside_the_field(client, requester, email, error):
    response = client.post(URL, {"email": requester.email.upper() if email == "own" else email})

    assert any(error in text for text in response.context["form"].errors["email"])
    assert mail.outbox == []


def test_one_may_keep_ones_address_after_all(client, requester):
    client.post(URL, {"email": NEW})

    client.post(URL, {"forget": "yes"})

    assert requester.new_email == ""
    assert "no longer works" in client.get(link_in(mails_to(NEW)[0])).content.decode()


def test_the_last_form_within_the_limit_sent_again_gets_the_first_answer(client):
    for n in range(5):
        last = {"email": f"p{n}@example.org", "token": f"form-{n}"}
        client.post(URL, last)
    sent = len(mail.outbox)

    again = client.post(URL, last)

    assert again["Location"] == URL
    assert len(mail.outbox) == sent


def test_links_to_new_addresses_are_limited(client, requester):
    for n in range(5):
        client.post(URL, {"email": f"p{n}@example.org"})

    response = client.post(URL, {"email": "p5@example.org"})

    assert response.status_code == 429
    assert mails_to("p5@example.org") == []
