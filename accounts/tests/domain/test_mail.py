"""What every mail about accounts is like: where its links lead, how it looks, what its headers say."""

import re
from pathlib import Path

import pytest
from django.conf import settings as configured

from accounts.mail import send_address_changed
from accounts.tests.mailbox import mails_to

RESET = "/auth/password/reset/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    settings.SITE_URL = "https://desk.example.com"
    settings.ALLOWED_HOSTS = ["*"]


def html_of(letter):
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    return html


def test_links_lead_to_the_configured_address_whatever_host_was_named(site, client, requester):
    client.post(RESET, {"email": requester.email}, headers={"host": "evil.example"})

    (letter,) = mails_to(requester.email)
    assert "https://desk.example.com/auth/password/reset/key/" in letter.body
    assert "evil.example" not in letter.message().as_string()


def test_the_link_that_confirms_an_address_leads_there_too(site, settings, client):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    typed = {"first_name": "Nora", "last_name": "New", "email": "nora@example.com", "role": "User"}
    typed |= {"password1": "quiet river under stones", "password2": "quiet river under stones"}

    client.post("/auth/register/", typed, headers={"host": "evil.example"})

    (letter,) = mails_to("nora@example.com")
    assert "https://desk.example.com/auth/confirm-email/" in letter.body
    assert "evil.example" not in letter.body


def test_an_invitation_leads_there_too(site, console):
    console.post("/admin/accounts/invitation/invite/", {"email": "i@example.com", "role": "User"})

    assert "https://desk.example.com/auth/invitation/" in mails_to("i@example.com")[0].body


def test_a_mail_has_the_products_look_beside_its_text(site, client, requester):
    client.post(RESET, {"email": requester.email})

    (letter,) = mails_to(requester.email)
    (link,) = re.findall(r"https://\S+", letter.body)
    html = html_of(letter)
    assert f'href="{link}"' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert '<meta name="supported-color-schemes" content="light dark">' in html


def test_the_look_uses_the_colours_of_the_product_and_loads_nothing(client, requester):
    client.post(RESET, {"email": requester.email})

    html = html_of(mails_to(requester.email)[0])
    tokens = Path(configured.BASE_DIR, "static/css/ui.css").read_text()
    assert set(re.findall(r"#[0-9a-f]{6}", html)) <= set(re.findall(r"#[0-9a-f]{6}", tokens))
    assert not re.search(r"<(?:img|link|script|table)|url\(|@import", html)


def test_what_people_are_called_stays_text(requester):
    requester.first_name = '<a href="https://evil.example">Rita</a>'

    send_address_changed(requester, requester.email)

    html = html_of(mails_to(requester.email)[0])
    assert "&lt;a href=" in html
    assert 'href="https://evil.example">Rita' not in html


@pytest.mark.parametrize("name", ["evil.com", "www.evil.example", "https://evil.example/", "a@evil.example"])
def test_what_people_are_called_becomes_no_link(site, requester, name):
    requester.first_name = f"Rita, see {name}"

    send_address_changed(requester, "old@example.com")

    html = html_of(mails_to("old@example.com")[0])
    assert f"Rita, see {name}" in html
    assert "<a" not in html


def test_a_message_has_a_name_of_its_own_and_asks_for_no_automatic_answer(site, requester):
    for _ in range(2):
        send_address_changed(requester, requester.email)

    first, second = (letter.message() for letter in mails_to(requester.email))
    assert re.fullmatch(r"<\S+@desk\.example\.com>", first["Message-ID"])
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert "OOF" in first["X-Auto-Response-Suppress"]


def test_a_name_with_line_breaks_makes_no_header_and_no_recipient(requester):
    requester.first_name = "Rita\r\nBcc: spy@example.com"

    send_address_changed(requester, requester.email)

    (letter,) = mails_to(requester.email)
    assert "bcc" not in {name.lower() for name in letter.message()}
    assert letter.recipients() == [requester.email]
