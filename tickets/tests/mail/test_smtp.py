"""What a mail server gets: the raw messages, who they go to, and what happens when it is away."""

import re

import pytest
from django.db import models, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from tickets.models import HoldReason, Notification, Ticket

pytestmark = pytest.mark.django_db
NAME = re.compile(r"<ticket\.\S+@desk\.example\.com>")


@pytest.fixture
def taken(ticket, admin, post, postbox):
    """The ticket, once an admin has taken it and everybody knows."""
    ticket.take(by=admin)
    post()
    postbox.received.clear()
    return ticket


def test_a_reply_reaches_the_requester_as_text_and_html(taken, admin, requester, post, postbox):
    taken.reply("Please **restart** it.", by=admin)

    post()

    (message,) = postbox.received
    assert message.recipients == [requester.email]
    assert message.sender == "helpdesk@localhost"
    assert message["To"] == requester.email
    assert message["From"] == "Helpdesk <helpdesk@localhost>"
    assert message["Subject"] == f"[{taken.reference}] {taken.title}"
    assert message.parsed.get_content_type() == "multipart/alternative"
    for words in (
        "Ada Admin replied.",
        f"https://desk.example.com/tickets/{taken.pk}/",
        "It is your ticket; that is why you get this email.",
        "https://desk.example.com/notifications/preferences/",
    ):
        assert words in message.text
        assert words in message.html
    assert "Please **restart** it." in message.text
    assert "<strong>restart</strong>" in message.html


def test_the_headers_say_what_it_is_and_what_it_belongs_to(taken, admin, post, postbox):
    taken.reply("The first.", by=admin)
    post()
    taken.reply("The second.", by=admin)
    post()

    first, second = postbox.received
    root = f"<ticket-{taken.pk}@desk.example.com>"
    for message in (first, second):
        assert NAME.fullmatch(message["Message-ID"])
        assert message["In-Reply-To"] == message["References"] == root
        assert message["Auto-Submitted"] == "auto-generated"
        assert "OOF" in message["X-Auto-Response-Suppress"]
        assert message["List-Id"] == "Helpdesk <tickets.desk.example.com>"
        assert message["List-Unsubscribe"] is None
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Subject"] == second["Subject"]


def test_a_burst_is_one_mail(taken, admin, post, postbox, clock, work_off):
    taken.start(by=admin)
    taken.reply("One.", by=admin)
    work_off()
    clock.shift(60)
    taken.reply("Two.", by=admin)
    work_off()
    clock.shift(59)
    taken.hold(HoldReason.REQUESTER, by=admin, text="Which one?")
    work_off()

    post(after=1)
    post(after=600)

    (message,) = postbox.received
    assert message.text.index("One.") < message.text.index("Two.") < message.text.index("Which one?")


def test_what_comes_after_the_burst_is_a_second_mail(taken, admin, post, postbox):
    taken.reply("One.", by=admin)
    post()
    taken.reply("Two.", by=admin)
    post()

    assert [len(re.findall(r"replied\.", message.text)) for message in postbox.received] == [1, 1]


def test_nobody_gets_two_mails_of_one_event_nor_one_of_their_own(taken, requester, admin, post, postbox):
    taken.reply("I take part.", by=admin)
    post()
    postbox.received.clear()

    taken.reply("Still dark.", by=requester)
    post()

    assert [message.recipients for message in postbox.received] == [[admin.email]]


def test_an_internal_note_never_reaches_the_requester(taken, admin, other_admin, post, postbox):
    taken.note(f"A secret for @{other_admin.email}", by=admin)

    post()

    assert [message.recipients for message in postbox.received] == [[other_admin.email]]
    assert "A secret" in postbox.received[0].text


def test_who_works_tickets_is_led_to_the_console(post, postbox, admin, ticket):
    post()

    (message,) = postbox.to(admin)
    assert f"https://desk.example.com/admin/tickets/ticket/{ticket.pk}/change/" in message.text
    assert ticket.description in message.text
    assert "Nobody has it yet" in message.text


def test_a_change_that_was_rolled_back_sends_nothing(taken, admin, post, postbox):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        taken.reply("Never said.", by=admin)
        raise ZeroDivisionError

    post()

    assert postbox.received == []
    assert not Notification.objects.filter(event__messages__body="Never said.").exists()


# -- what may stand in names -----------------------------------------------------------------------
@pytest.mark.parametrize("evil", ["\r\nBcc: spy@example.com", "\nBcc: spy@example.com\n\nHello", "\r\n\r\nX"])
def test_line_breaks_in_title_and_name_make_no_header_and_no_recipient(
    taken, admin, requester, post, postbox, evil
):
    # No form lets them in; old rows and imports may hold what forms do not.
    models.QuerySet(Ticket).filter(pk=taken.pk).update(title=f"Dark{evil}")
    User.objects.filter(pk=admin.pk).update(first_name=f"Ada{evil}")
    taken.reply("Hello.", by=User.objects.get(pk=admin.pk))

    post()

    (message,) = postbox.received
    head = message.raw.partition(b"\r\n\r\n")[0]
    assert message.recipients == [requester.email]
    assert message["Bcc"] is None
    assert head.count(b"Subject:") == head.count(b"\r\nTo:") == 1
    assert message["Subject"].startswith(f"[{taken.reference}] Dark")


@pytest.mark.parametrize(
    "title", ["Grüße 🖥️ aus Łódź", "=?utf-8?q?Bcc:_spy?=", "a, b; <c@example.com>", "W" * 200]
)
def test_a_title_of_any_letters_is_one_header_of_short_lines(taken, admin, post, postbox, title):
    taken.edit(by=admin, title=title)
    taken.reply("Hello.", by=admin)

    post()

    (message,) = postbox.received
    head = message.raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(len(line) for line in head.split(b"\r\n")) <= 998
    if "=?" not in title:
        assert message["Subject"] == f"[{taken.reference}] {title}"


def test_an_address_that_is_none_is_a_failed_task_and_nobody_elses_trouble(
    taken, admin, requester, other_requester, post, postbox
):
    User.objects.filter(pk=requester.pk).update(email="rita@example.com\r\nbcc: spy@example.com")
    taken.reply("Hello.", by=admin)

    post()

    assert DBTaskResult.objects.filter(
        task_path="helpdesk.mail.delivery.deliver", status=TaskResultStatus.FAILED
    ).exists()
    assert all("spy" not in recipient for message in postbox.received for recipient in message.recipients)
    assert all(message["Bcc"] is None for message in postbox.received)


# -- a server that is away -------------------------------------------------------------------------
def test_a_server_that_is_away_for_the_whole_run_gets_everything_when_it_is_back(
    taken, admin, requester, post, postbox, clock, work_off
):
    postbox.close()
    for number in range(3):
        taken.reply(f"Reply {number}.", by=admin)
        post()
    waiting = DBTaskResult.objects.filter(
        task_path="helpdesk.mail.delivery.deliver", status=TaskResultStatus.READY
    )
    names = {row.args_kwargs["args"][5]["Message-ID"] for row in waiting}
    assert len(names) == 3

    postbox.open()
    clock.shift(3600)
    work_off()

    assert {message["Message-ID"] for message in postbox.received} == names
    assert len(postbox.received) == 3
    assert not waiting.all().exists()


def test_a_recipient_refused_for_good_is_a_failed_task_an_admin_sees(
    taken, admin, requester, client_of, post, postbox
):
    postbox.answer = "550 No such person"
    taken.reply("Hello.", by=admin)

    post()

    (row,) = DBTaskResult.objects.filter(
        task_path="helpdesk.mail.delivery.deliver", status=TaskResultStatus.FAILED
    )
    page = client_of(admin).get("/admin/helpdesk/failedtask/").content.decode()
    assert "550 No such person" in row.traceback
    assert "550 No such person" in page
    assert postbox.received == []
