"""Sent mail: what a demo has sent, shown to its admins and to nobody else."""

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMultiAlternatives

from helpdesk.mail import sent_mail
from helpdesk.mail.sent_mail import KEPT, KeepingBackend

LIST = "/admin/mail/"
EVIL = "<script>alert(1)</script><p>Hello</p>"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "mail"


def send(subject="[HD-1] Grüße & <b>more</b>", html=EVIL, text="Hello Rita"):
    message = EmailMultiAlternatives(subject, text, to=["rita@example.com"])
    if html:
        message.attach_alternative(html, "text/html")
    KeepingBackend().send_messages([message])
    return sent_mail.sent_messages()[0]


def test_a_mail_is_printed_and_kept_as_it_went_out(capsys):
    letter = send()

    assert "To: rita@example.com" in capsys.readouterr().out
    assert (letter.subject, letter.to) == ("[HD-1] Grüße & <b>more</b>", "rita@example.com")
    assert (letter.text.strip(), letter.html.strip()) == ("Hello Rita", EVIL)


def test_the_newest_hundred_are_kept(folder):
    for number in range(KEPT + 3):
        sent_mail.keep(f"Subject: {number}\n\n".encode())

    subjects = [letter.subject for letter in sent_mail.sent_messages()]
    assert subjects == [str(number) for number in range(KEPT + 2, 2, -1)]
    assert len(list(folder.iterdir())) == KEPT


def test_an_admin_finds_the_mails_newest_first_by_the_side_bar(admin, client_of):
    send("The first")
    send("The second")

    page = client_of(admin).get(LIST).content.decode()

    assert page.index("The second") < page.index("The first")
    assert "rita@example.com" in page
    assert f'href="{LIST}"' in client_of(admin).get("/admin/").content.decode()


def test_nothing_sent_yet_is_said(admin, client_of):
    assert "No mail has been sent yet" in client_of(admin).get(LIST).content.decode()


def test_a_mails_page_shows_text_headers_and_source_as_text(admin, client_of):
    letter = send()

    page = client_of(admin).get(f"{LIST}{letter.name}/").content.decode()

    assert "Hello Rita" in page
    assert "To: rita@example.com" in page
    assert "Content-Type: multipart/alternative" in page
    assert "alert(1)" in page
    assert EVIL not in page


def test_the_html_is_shown_under_a_policy_that_lets_it_do_nothing(admin, client_of):
    letter = send()

    answer = client_of(admin).get(f"{LIST}{letter.name}/html/")

    policy = answer.headers["Content-Security-Policy"]
    assert answer.content.decode().strip() == EVIL
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["nonsense", "..", "%2e%2e%2fsecret_key", "0" * 19 + "-aaaaaa"])
def test_what_is_no_kept_mail_is_missing(admin, client_of, name):
    assert client_of(admin).get(f"{LIST}{name}/").status_code == 404


def test_a_mail_of_text_alone_has_no_html_to_show(admin, client_of):
    letter = send(html="")

    assert client_of(admin).get(f"{LIST}{letter.name}/html/").status_code == 404
    assert "Show as HTML" not in client_of(admin).get(f"{LIST}{letter.name}/").content.decode()


@pytest.mark.parametrize("rest", ["", "{name}/", "{name}/html/"])
def test_production_has_no_such_page(admin, client_of, settings, rest):
    letter = send()
    settings.DEMO = False

    assert client_of(admin).get(LIST + rest.format(name=letter.name)).status_code == 404
    assert f'href="{LIST}"' not in client_of(admin).get("/admin/").content.decode()


@pytest.mark.parametrize("rest", ["", "{name}/", "{name}/html/"])
def test_staff_who_may_not_change_people_may_not_read_their_mail(requester, client_of, rest):
    letter = send()
    requester.is_staff = True
    requester.save()
    requester.user_permissions.set(Permission.objects.filter(codename="view_ticket"))

    assert client_of(requester).get(LIST + rest.format(name=letter.name)).status_code in (403, 404)
