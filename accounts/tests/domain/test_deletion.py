"""Deleting an account: the person goes, tickets and history stay."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.errors import AccountDeleted, HasWork, LastAdmin, NotAllowed, NotOneself
from accounts.models import Invitation, User
from accounts.offboarding import retained_data
from accounts.tests.factories import PASSWORD
from accounts.tests.mailbox import mails_to
from helpdesk.models import AuditEvent
from tickets.models import AfterSolvingPreference, CannedReply, ColumnPreference, Draft, SavedView, Ticket
from tickets.tests.factories import TicketFactory

SECRETS = ("Rita", "Requester", "rita@example.com")


@pytest.fixture
def rita(requester, admin):
    """The requester with everything an account can have."""
    requester.change_email("rita@example.com", by=admin)
    requester.ask_to_change_email("rita.new@example.com")
    requester.groups.add(Group.objects.create(name="Night shift"))
    requester.ask_to_be_admin()
    return requester


def test_nothing_personal_stays_on_the_account(rita, admin):
    rita.delete_account(by=admin)

    row = User.objects.get(pk=rita.pk)
    assert (str(row), row.email) == (f"Former user {row.pk}", f"former-{row.pk}@deleted.invalid")
    assert (row.is_active, row.is_staff, row.is_superuser, row.has_usable_password()) == (False,) * 4
    assert not row.groups.exists()
    assert not EmailAddress.objects.filter(user=row).exists()
    assert not row.asks_to_be_admin
    kept = str([*User.objects.values(), *Invitation.objects.values(), *AuditEvent.objects.values()])
    assert [word for word in SECRETS if word in kept] == []


def test_the_deletion_is_logged_and_the_person_gets_no_mail_about_their_request(rita, admin):
    before = len(mails_to("rita@example.com"))

    rita.delete_account(by=admin)

    kinds = list(AuditEvent.objects.filter(person=rita).values_list("kind", "actor"))
    assert kinds[-2:] == [("request_refused", admin.pk), ("deleted", admin.pk)]
    assert len(mails_to("rita@example.com")) == before


def test_tickets_and_their_history_stay(requester, admin, ticket):
    ticket.reply("It still hums.", by=requester)
    ticket.take(by=admin)
    ticket.resolve(by=admin)
    ticket.rate(5, comment="Thanks", by=requester)
    events = ticket.events.count()

    requester.delete_account(by=admin)

    kept = Ticket.objects.get(pk=ticket.pk)
    assert (str(kept.requester), kept.events.count()) == (requester.neutral_name, events)
    assert retained_data(requester) == {
        "tickets they asked for": 1,
        "tickets they worked on as assignee": 0,
        "replies and notes": 1,
        "ratings": 1,
        "other entries in the history of tickets": 1,
    }


def test_open_assignments_need_a_successor(requester, admin, other_admin):
    ticket = TicketFactory(requester=requester)
    ticket.take(by=admin)

    with pytest.raises(HasWork, match="1 ticket that is not resolved yet"):
        admin.delete_account(by=other_admin)
    assert User.objects.get(pk=admin.pk).is_admin
    admin.delete_account(by=other_admin, successor=other_admin)

    ticket.refresh_from_db()
    assert ticket.assignee == other_admin


def test_what_was_of_use_to_them_alone_goes(admin, other_admin, ticket):
    CannedReply.objects.create(title="Mine", body="x", owner=admin)
    CannedReply.objects.create(title="Ours", body="x")
    SavedView.objects.create(name="Mine", owner=admin)
    SavedView.objects.create(name="Ours")
    ColumnPreference.objects.choose(["status"], by=admin)
    AfterSolvingPreference.objects.remember("next", by=admin)
    Draft.objects.create(
        person=admin, ticket=ticket, visibility="note", text="half", updated_at=timezone.now()
    )

    admin.delete_account(by=other_admin)

    assert [reply.title for reply in CannedReply.objects.all()] == ["Ours"]
    assert [view.name for view in SavedView.objects.all()] == ["Ours"]
    assert not ColumnPreference.objects.exists()
    assert not AfterSolvingPreference.objects.exists()
    assert not Draft.objects.exists()


def test_nobody_signs_in_any_more(rita, admin, client_of):
    browser = client_of(rita)

    rita.delete_account(by=admin)

    assert browser.get("/tickets/").url.startswith("/auth/login/")
    assert Session.objects.count() == 0
    for email in ("rita@example.com", rita.email):
        answer = Client().post("/auth/login/", {"login": email, "password": PASSWORD})
        assert answer.status_code == 200


def test_the_address_is_free_again(rita, admin):
    rita.delete_account(by=admin)

    User.objects.create_user("rita@example.com", PASSWORD, first_name="R", last_name="R")

    assert User.objects.get(email="rita@example.com").pk != rita.pk


def test_somebody_who_took_the_neutral_address_does_not_stand_in_the_way(requester, admin):
    plain = f"former-{requester.pk}@deleted.invalid"
    User.objects.create_user(plain, None, first_name="E", last_name="E")

    requester.delete_account(by=admin)

    assert requester.email.startswith(f"former-{requester.pk}-")


@pytest.mark.parametrize(
    "verb",
    [
        lambda person, admin: person.delete_account(by=admin),
        lambda person, admin: person.activate(by=admin),
        lambda person, admin: person.deactivate(by=admin),
        lambda person, admin: person.set_role("Admin", by=admin),
        lambda person, admin: person.change_email("rita@example.com", by=admin),
        lambda person, admin: person.rename("Rita", "Requester", by=admin),
    ],
)
def test_a_deleted_account_stays_as_it_is(verb, requester, admin):
    requester.delete_account(by=None)
    before, events = User.objects.values().get(pk=requester.pk), AuditEvent.objects.count()

    with pytest.raises(AccountDeleted):
        verb(requester, admin)

    assert User.objects.values().get(pk=requester.pk) == before
    assert AuditEvent.objects.count() == events


def test_the_last_active_admin_is_not_deleted(admin, requester):
    with pytest.raises(LastAdmin):
        admin.delete_account(by=None)

    assert User.objects.get(pk=admin.pk).is_admin


def test_only_an_admin_deletes_and_not_themselves(admin, other_admin, requester, other_requester):
    with pytest.raises(NotAllowed):
        requester.delete_account(by=other_requester)
    with pytest.raises(NotOneself):
        admin.delete_account(by=admin)

    assert User.objects.exclude(deleted_at=None).count() == 0


def test_an_invitation_of_the_address_is_withdrawn(admin, requester):
    invitation = Invitation.objects.invite("late@example.com", "Admin", by=admin, address_of=str)
    person = User.objects.create_user("late@example.com", PASSWORD, first_name="L", last_name="L")

    person.delete_account(by=admin)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.email) == ("Withdrawn", person.email)
