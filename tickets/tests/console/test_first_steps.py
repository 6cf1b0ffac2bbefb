"""An installation without tickets leads whoever sets it up, until the first ticket or until it is told to stop."""

from smtplib import SMTPDataError
from typing import ClassVar

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from helpdesk.models import AuditEvent, FailedTask
from tickets.models import Organisation, RequestType
from tickets.tests.factories import TicketFactory

DASHBOARD = "/admin/"
STEPS = "/admin/first-steps/"
HEADING = "First steps"


class Refusing(BaseEmailBackend):
    """Stands for a mail server that takes nothing for now."""

    code = 450
    tried: ClassVar[list[str]] = []

    def send_messages(self, messages):
        self.tried.extend(message.message()["Message-ID"] for message in messages)
        raise SMTPDataError(self.code, b"not from you")


class RefusingForGood(Refusing):
    code = 550


def done(client):
    """The steps that are shown, and whether each is done."""
    return {step.code: step.is_done for step in client.get(DASHBOARD).context["first_steps"]["steps"]}


def without(user, *codes):
    group = user.groups.get()
    for code in codes:
        group.permissions.remove(Permission.objects.get(codename=code))
    return User.objects.get(pk=user.pk)


def test_an_installation_without_tickets_is_led(console):
    page = console.get(DASHBOARD).text

    assert HEADING in page
    assert "0 of 5 done" in page
    assert page.count("Not done yet") == 5
    assert done(console) == dict.fromkeys(["organisation", "types", "colleagues", "mail", "portal"], False)


def test_each_step_leads_to_a_page_that_is_there(console):
    for step in console.get(DASHBOARD).context["first_steps"]["steps"]:
        if step.link:
            assert console.get(step.link).status_code == 200


def test_a_name_is_the_first_step(console):
    typed = {"name": "Nord IT", "colour": "", "contact": "", "hours": ""}
    console.post("/admin/tickets/organisation/", typed)

    assert done(console)["organisation"]
    assert "1 of 5 done" in console.get(DASHBOARD).text


def test_types_are_chosen_once_one_is_changed_in_the_console(console):
    kind = RequestType.objects.first()
    typed = {"name": "Broken things", "hint": "", "position": 10, "is_active": "on", "icon": "tag"}

    assert console.get("/admin/tickets/requesttype/").status_code == 200
    assert not done(console)["types"]
    console.post(f"/admin/tickets/requesttype/{kind.pk}/change/", typed)

    assert done(console)["types"]


def test_types_are_chosen_once_somebody_says_that_they_fit(console):
    answer = console.post(f"{STEPS}request-types/", follow=True)

    assert answer.redirect_chain == [(DASHBOARD, 302)]
    assert done(console)["types"]
    assert "They fit as they are" not in answer.text


def test_colleagues_are_invited_once_an_invitation_was_sent(console):
    console.post("/admin/accounts/invitation/invite/", {"email": "new@example.com", "role": "User"})

    assert done(console)["colleagues"]


def test_a_second_admin_is_a_colleague(console, other_admin):
    assert done(console)["colleagues"]


def test_a_test_mail_is_done_once_the_mail_server_took_it(console, admin, work_off):
    answer = console.post(f"{STEPS}test-mail/", follow=True)
    assert f"A test mail to {admin.email} is on its way." in answer.text
    assert "Asked for just now; the mail server has not taken it yet." in " ".join(answer.text.split())
    assert not done(console)["mail"]

    work_off()

    message = mail.outbox[-1]
    assert (message.to, message.subject) == ([admin.email], "[Helpdesk] Test mail")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Handed to the mail server" in console.get(DASHBOARD).text
    assert done(console)["mail"]


def test_a_test_mail_that_does_not_go_out_is_not_done_and_says_where_to_look(console, settings, work_off):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingForGood"
    console.post(f"{STEPS}test-mail/")
    work_off()

    page = console.get(DASHBOARD).text
    assert not done(console)["mail"]
    assert '<a href="/admin/helpdesk/failedtask/">Failed tasks</a>' in page
    assert '<a href="/help/operators/settings/#mail">Settings</a>' in page
    assert "550 not from you" in FailedTask.objects.get().error
    assert "Send a test mail" in console.get("/admin/helpdesk/failedtask/").text


def test_a_mail_server_that_is_away_is_tried_again_with_the_same_message(console, settings, work_off):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    Refusing.tried.clear()
    console.post(f"{STEPS}test-mail/")
    work_off()
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()

    assert len(Refusing.tried) == 2
    assert len(set(Refusing.tried)) == 1
    assert not FailedTask.objects.exists()
    assert not done(console)["mail"]


def test_a_test_mail_may_be_sent_again_and_a_failure_then_is_said(console, settings, work_off):
    console.post(f"{STEPS}test-mail/")
    work_off()
    settings.EMAIL_BACKEND = f"{__name__}.RefusingForGood"

    console.post(f"{STEPS}test-mail/")
    work_off()

    assert done(console)["mail"]
    assert "the mail server has not taken it yet" in console.get(DASHBOARD).text


def test_test_mails_are_few_an_hour(console):
    for _ in range(10):
        console.post(f"{STEPS}test-mail/")
    sent = len(mail.outbox)

    answer = console.post(f"{STEPS}test-mail/", follow=True)

    assert "Too many test mails were sent. Please try again in" in answer.text
    assert (sent, len(mail.outbox)) == (10, 10)


def test_who_has_left_gets_none(console, admin, work_off):
    console.post(f"{STEPS}test-mail/")
    User.objects.filter(pk=admin.pk).update(is_active=False)
    work_off()

    assert mail.outbox == []
    assert Organisation.current().test_mail_sent_at is None


def test_the_first_ticket_ends_it(console, requester):
    TicketFactory(requester=requester)

    assert console.get(DASHBOARD).context["first_steps"] is None
    assert HEADING not in console.get(DASHBOARD).text


def test_it_is_dismissed_for_everybody_and_written_down_once(console, client_of, admin, other_admin):
    answer = console.post(f"{STEPS}dismiss/", follow=True)
    client_of(other_admin).post(f"{STEPS}dismiss/")

    assert "The first steps are dismissed." in answer.text
    for reader in (console, client_of(other_admin)):
        assert reader.get(DASHBOARD).context["first_steps"] is None
    event = AuditEvent.objects.get(kind="steps_dismissed")
    assert (event.actor, event.person, event.data) == (admin, None, {})
    assert "First steps dismissed" in console.get("/admin/tickets/ticketevent/").text


def test_what_was_noted_while_a_form_was_open_stays(admin):
    Organisation(pk=1, name="Nord").revise(by=admin)
    opened = Organisation.objects.get()
    Organisation.dismiss_first_steps(by=admin)

    opened.name = "Nord IT"
    opened.revise(by=admin)

    kept = Organisation.objects.get()
    assert kept.name == "Nord IT"
    assert kept.first_steps_dismissed_at


def test_only_what_one_may_do_is_offered(client_of, admin):
    reader = client_of(without(admin, "change_organisation", "change_user"))
    page = reader.get(DASHBOARD).text

    assert done(reader) == {"types": False, "portal": False}
    assert "Dismiss" not in page
    assert f"{STEPS}test-mail/" not in page
    assert reader.post(f"{STEPS}request-types/").status_code == 302
    for step in ("dismiss", "test-mail"):
        assert reader.post(f"{STEPS}{step}/").status_code == 403
    assert mail.outbox == []
    assert Organisation.current().first_steps_dismissed_at is None


def test_who_sets_nothing_up_is_led_nowhere(client_of, viewer):
    reader = client_of(viewer)

    assert reader.get(DASHBOARD).context["first_steps"] is None
    for step in ("dismiss", "test-mail", "request-types"):
        assert reader.post(f"{STEPS}{step}/").status_code == 403
    assert Organisation.current().types_approved_at is None


def test_who_may_not_read_failed_tasks_is_told_whom_to_ask(client_of, admin, work_off):
    reader = client_of(without(admin, "change_failedtask"))
    reader.post(f"{STEPS}test-mail/")

    page = reader.get(DASHBOARD).text
    assert "ask whoever looks after the server" in page
    assert "/help/operators/" not in page


@pytest.mark.parametrize("ended", ["dismissed", "ticket"])
def test_nothing_is_asked_for_it_any_more(ended, console, admin, requester):
    if ended == "dismissed":
        Organisation.dismiss_first_steps(by=admin)
    else:
        TicketFactory(requester=requester)

    with CaptureQueriesContext(connection) as asked:
        console.get(DASHBOARD)

    queries = [query["sql"] for query in asked]
    assert sum('FROM "tickets_organisation"' in query for query in queries) == 1
    assert not [query for query in queries if "django_admin_log" in query or "accounts_invitation" in query]


def test_the_organisation_is_asked_for_once_while_it_is_shown(console):
    with CaptureQueriesContext(connection) as asked:
        console.get(DASHBOARD)

    assert sum('FROM "tickets_organisation"' in query["sql"] for query in asked) == 1


def test_an_employee_s_first_visit_shows_one_thing(client_of, requester):
    page = client_of(requester).get("/tickets/").text

    assert HEADING not in page
    assert page.count('href="/tickets/new/"') >= 1
    assert "pt-tabs" not in page
    assert 'role="search"' not in page
