"""A ticket opened by an admin on behalf of somebody else."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from accounts.models import Invitation, User
from accounts.rate_limits import Limit
from accounts.tests.factories import UserFactory
from accounts.tests.mailbox import mails_to
from helpdesk.models import AuditEvent
from tickets.events import Kind
from tickets.models import Ticket, Upload
from tickets.tests.factories import RequestTypeFactory, TicketFactory

ADD = "/admin/tickets/ticket/add/"


@pytest.fixture
def typed(requester):
    return {
        "requester": requester.email,
        "title": "Called about the printer",
        "request_type": RequestTypeFactory().pk,
        "description": "It jams.",
        "token": str(uuid.uuid4()),
    }


def test_it_is_the_requester_s_and_opened_by_the_admin(console, typed, requester, admin):
    answer = console.post(ADD, typed)

    ticket = Ticket.objects.get()
    assert answer.url == f"/admin/tickets/ticket/{ticket.pk}/change/"
    assert (ticket.requester, ticket.assignee) == (requester, None)
    event = ticket.events.get()
    assert (event.kind, event.actor) == (Kind.SUBMITTED, admin)


def test_it_can_be_taken_in_the_same_step(console, typed, admin):
    console.post(ADD, typed | {"assignee": admin.pk})

    assert Ticket.objects.get().assignee == admin


def test_sent_twice_it_is_one_ticket(console, typed, admin):
    console.post(ADD, typed | {"assignee": admin.pk})
    console.post(ADD, typed | {"assignee": admin.pk})

    assert Ticket.objects.count() == 1
    assert Ticket.objects.get().events.count() == 2


def test_any_colleague_can_be_chosen_oneself_first(console, typed, admin, other_admin, requester):
    offered = console.get(ADD).context["form"].fields["assignee"].queryset
    assert list(offered) == [admin, other_admin]

    console.post(ADD, typed | {"assignee": other_admin.pk})

    assert Ticket.objects.get().assignee == other_admin
    assert Ticket.objects.get().events.last().actor == admin


def test_who_does_not_work_tickets_is_no_assignee(console, typed, requester):
    answer = console.post(ADD, typed | {"assignee": requester.pk})

    assert "does not work tickets" in answer.content.decode()
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("name", ["Rita Requester", "requester", "RITA"])
def test_a_name_that_means_one_person_is_enough(console, typed, requester, name):
    console.post(ADD, typed | {"requester": name})

    assert Ticket.objects.get().requester == requester


def test_several_people_of_a_name_are_named(console, typed):
    UserFactory(first_name="Rita", last_name="Another", email="rita2@example.com")

    answer = console.post(ADD, typed | {"requester": "rita"})

    page = answer.content.decode()
    assert "Several people could be meant" in page
    assert "rita2@example.com" in page
    assert "It jams." in page
    assert not Ticket.objects.exists()


def test_nobody_and_the_deactivated_are_refused(console, typed, requester):
    requester.deactivate(by=None)

    for who in (requester.email, "nobody@example.com", "\0", " "):
        answer = console.post(ADD, typed | {"requester": who})
        assert answer.status_code == 200
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"request_type": "x"}, {"description": "\u200b"}, {"token": "x"}]
)
def test_what_cannot_be_is_refused_and_kept(console, typed, wrong):
    answer = console.post(ADD, typed | wrong)

    assert answer.status_code == 200
    assert not Ticket.objects.exists()


def test_users_do_not_reach_it(client_of, requester, typed):
    assert client_of(requester).post(ADD, typed).status_code == 404
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "meant",
    ["Żółć, Ewa", "zolc", "Ewa Żółć <EWA@example.com>", "ewa@xn--bcher-kva.example", "Ewa@BÜCHER.example"],
)
def test_the_requester_is_found_in_any_spelling(meant, console, typed):
    domain = "bücher.example" if "cher" in meant.lower() else "example.com"
    ewa = UserFactory(first_name="Ewa", last_name="Żółć", email=f"ewa@{domain}")

    console.post(ADD, typed | {"requester": meant})

    assert Ticket.objects.get().requester == ewa


# -- by the number of a ticket -------------------------------------------------------------------
@pytest.mark.parametrize("form", ["{}", "HD-{}", "#{}", "hd {}"])
def test_the_number_of_a_ticket_means_its_requester(form, console, typed, other_requester):
    known = TicketFactory(requester=other_requester)

    console.post(ADD, typed | {"requester": form.format(known.pk)})

    assert Ticket.objects.exclude(pk=known.pk).get().requester == other_requester


def test_the_number_of_no_ticket_means_nobody(console, typed):
    answer = console.post(ADD, typed | {"requester": "HD-4711"})

    assert "Nobody with an active account" in answer.content.decode()


# -- files ---------------------------------------------------------------------------------------
def test_files_go_with_the_ticket(console, typed, admin):
    with SimpleUploadedFile("early.txt", b"before") as early:
        Upload.objects.receive(early, owner=admin, form=f"new-{typed['token']}")

    console.post(ADD, typed | {"files": SimpleUploadedFile("late.txt", b"with it")})

    attached = Ticket.objects.get().events.get().attachments.values_list("name", flat=True)
    assert sorted(attached) == ["early.txt", "late.txt"]


def test_files_wait_while_something_is_wrong(console, typed, admin):
    page = console.post(ADD, typed | {"title": "", "files": SimpleUploadedFile("late.txt", b"with it")})

    assert "late.txt" in page.content.decode()
    console.post(ADD, typed)
    assert Ticket.objects.get().events.get().attachments.get().name == "late.txt"


def test_a_file_is_removed_and_what_was_typed_stays(console, typed, admin):
    upload = Upload.objects.receive(
        SimpleUploadedFile("late.txt", b"x"), owner=admin, form=f"new-{typed['token']}"
    )

    page = console.post(ADD, typed | {"title": "", "remove_file": upload.pk}).content.decode()

    assert "late.txt" not in page
    assert "It jams." in page
    assert "This field is required" not in page
    assert not Upload.objects.exists()


# -- somebody new --------------------------------------------------------------------------------
MARA = {"new_person": "on", "first_name": "Mara", "last_name": "Lindqvist", "email": "Mara@Example.com"}


def test_a_new_person_gets_an_account_an_invitation_and_the_ticket(console, typed, admin):
    answer = console.post(ADD, typed | MARA | {"requester": ""}, follow=True)

    person = User.objects.get(email="mara@example.com")
    assert (str(person), person.role, person.has_usable_password()) == ("Mara Lindqvist", "User", False)
    assert Ticket.objects.get().requester == person
    assert Invitation.objects.get().person == person
    assert "/auth/invitation/" in mails_to(person.email)[0].body
    assert [event.kind for event in AuditEvent.objects.filter(person=person, actor=admin)] == [
        "created",
        "invited",
    ]
    assert "who has an account now. mara@example.com is invited" in answer.content.decode()


def test_without_script_their_fields_alone_are_enough(console, typed):
    console.post(ADD, typed | MARA | {"requester": "", "new_person": ""})

    assert Ticket.objects.get().requester.email == "mara@example.com"


def test_who_is_named_is_meant_while_nobody_new_is_chosen(console, typed, requester):
    console.post(ADD, typed | MARA | {"new_person": ""})

    assert Ticket.objects.get().requester == requester
    assert not User.objects.filter(email="mara@example.com").exists()


def test_an_address_that_is_taken_is_that_person_s(console, typed, requester):
    answer = console.post(ADD, typed | MARA | {"email": requester.email.upper()}, follow=True)

    assert Ticket.objects.get().requester == requester
    assert "has an account already" in answer.content.decode()
    assert not Invitation.objects.exists()
    requester.refresh_from_db()
    assert requester.first_name == "Rita"


def test_a_deactivated_account_is_not_made_again(console, typed, requester):
    requester.deactivate(by=None)

    answer = console.post(ADD, typed | MARA | {"email": requester.email})

    assert "is deactivated" in answer.content.decode()
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("missing", ["first_name", "last_name", "email"])
def test_a_name_and_an_address_are_asked_for(missing, console, typed):
    answer = console.post(ADD, typed | MARA | {missing: ""})

    assert set(answer.context["form"].errors) == {missing}
    assert not User.objects.filter(first_name="Mara").exists()


@pytest.mark.parametrize("token", ["4c1e6a0c-6f0b-4f7e-9a57-1d2f6a9a3c11", ""])
def test_person_and_ticket_are_made_together_or_not_at_all(token, console, typed):
    def break_off(execute, sql, *rest):
        if sql.startswith('INSERT INTO "tickets_ticket"'):
            raise OperationalError("disk full")
        return execute(sql, *rest)

    people = User.objects.count()
    with connection.execute_wrapper(break_off), pytest.raises(OperationalError):
        console.post(ADD, typed | MARA | {"token": token})

    assert (User.objects.count(), Invitation.objects.count()) == (people, 0)


def test_sent_twice_it_is_one_person_and_one_mail(console, typed):
    for _ in range(2):
        console.post(ADD, typed | MARA)

    assert Ticket.objects.count() == User.objects.filter(email="mara@example.com").count() == 1
    assert len(mails_to("mara@example.com")) == 1


def test_who_may_not_change_people_makes_none(client_of, other_admin, typed, django_user_model):
    other_admin.groups.clear()
    other_admin.user_permissions.set(
        permission
        for code in ("add_ticket", "view_ticket", "change_ticket")
        for permission in permissions_called(code)
    )
    agent = client_of(django_user_model.objects.get(pk=other_admin.pk))

    assert "New person" not in agent.get(ADD).content.decode()
    answer = agent.post(ADD, typed | MARA | {"requester": ""})

    assert "Say whose ticket this is." in answer.content.decode()
    assert not User.objects.filter(email="mara@example.com").exists()


def permissions_called(code):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename=code, content_type__app_label="tickets")


def test_invitations_are_counted(console, typed, monkeypatch):
    from accounts import inviting

    monkeypatch.setattr(inviting, "INVITATIONS", Limit("few_callers", "1/h/key"))
    console.post(ADD, typed | MARA)

    answer = console.post(ADD, typed | MARA | {"email": "second@example.com", "token": str(uuid.uuid4())})

    assert answer.status_code == 429
    assert "Too many invitations" in answer.content.decode()
    assert Ticket.objects.count() == 1


# -- their other tickets -------------------------------------------------------------------------
def test_a_form_that_comes_back_shows_their_open_tickets(console, typed, requester):
    TicketFactory(requester=requester, title="The same printer")

    page = console.post(ADD, typed | {"title": ""}).content.decode()

    assert "The same printer" in page


def test_an_address_in_the_link_shows_them_at_once(console, requester):
    TicketFactory(requester=requester, title="The same printer")

    page = console.get(ADD, {"requester": requester.email}).content.decode()

    assert "The same printer" in page
    assert f'value="{requester.email}"' in page


def test_nonsense_in_the_address_is_nobody(console):
    answer = console.get("/admin/tickets/ticket/add/?requester=%00")

    assert answer.status_code == 200
