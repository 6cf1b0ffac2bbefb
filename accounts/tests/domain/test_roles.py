import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from accounts.errors import AlreadyDecided, LastAdmin, NotAllowed
from accounts.models import AdminRequest, User
from accounts.roles import Role
from accounts.tests.factories import UserFactory
from accounts.tests.mailbox import mails_to
from helpdesk.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_role_is_a_group_and_a_mark(requester):
    requester.set_role(Role.ADMIN, by=None)

    user = User.objects.get(pk=requester.pk)
    assert (user.role, user.is_staff, [g.name for g in user.groups.all()]) == ("Admin", True, ["Admin"])
    assert user.can_work_tickets


def test_a_new_role_leaves_the_operators_own_groups(requester):
    requester.groups.add(Group.objects.create(name="Night shift"))

    requester.set_role(Role.ADMIN, by=None)

    assert {group.name for group in requester.groups.all()} == {"Admin", "Night shift"}


def test_a_role_is_given_to_the_person_as_they_are_now(requester):
    stale = User.objects.get(pk=requester.pk)
    requester.deactivate(by=None)

    stale.set_role(Role.ADMIN, by=None)

    assert not stale.is_admin


def test_only_those_who_may_change_people_change_roles(requester, other_requester):
    with pytest.raises(NotAllowed):
        requester.set_role(Role.ADMIN, by=other_requester)

    with pytest.raises(NotAllowed):
        requester.deactivate(by=other_requester)


def test_the_last_active_admin_stays_one(admin, other_admin):
    other_admin.deactivate(by=admin)

    with pytest.raises(LastAdmin, match="only active admin"):
        admin.set_role(Role.USER, by=admin)
    with pytest.raises(LastAdmin):
        admin.deactivate(by=admin)

    admin.refresh_from_db()
    assert admin.is_admin


@pytest.fixture
def looker(db):
    """Staff of the operator's own who may only look."""
    person = UserFactory()
    group = Group.objects.create(name="Auditors")
    group.permissions.add(Permission.objects.get(codename="view_ticket"))
    person.groups.add(group)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    return User.objects.get(pk=person.pk)


def test_staff_who_may_only_look_are_no_admin_who_is_left(admin, looker):
    for leave in (
        lambda: admin.set_role(Role.USER, by=None),
        lambda: admin.deactivate(by=None),
        lambda: admin.delete_account(by=None),
    ):
        with pytest.raises(LastAdmin):
            leave()
    looker.deactivate(by=admin)

    assert User.objects.get(pk=admin.pk).is_admin


def test_staff_who_may_only_look_do_not_keep_a_first_admin_away(looker):
    registration = User.objects.register(
        "first@example.com", "quiet river under stones", first_name="F", last_name="F", role=Role.ADMIN
    )

    assert registration.becomes_admin
    assert registration.user.is_admin


def test_a_superuser_who_becomes_a_user_keeps_no_rights(admin):
    root = User.objects.create_superuser(
        "root@example.com", "quiet river under stones", first_name="R", last_name="R"
    )

    root.set_role(Role.USER, by=admin)

    assert not User.objects.get(pk=root.pk).has_perm("tickets.change_ticket")


def test_giving_the_role_answers_the_request_that_waits(requester, admin):
    requester.ask_to_be_admin()

    requester.set_role(Role.ADMIN, by=admin)

    request = AdminRequest.objects.get()
    (letter,) = mails_to(requester.email)
    assert (request.outcome, request.decided_by) == ("granted", admin)
    assert "You are an admin" in letter.subject


def test_a_granted_request_makes_an_admin_and_tells_them(requester, admin):
    requester.ask_to_be_admin()

    AdminRequest.objects.get().grant(by=admin)

    requester.refresh_from_db()
    assert requester.role == Role.ADMIN
    assert mails_to(requester.email)[0].subject == "[Helpdesk] You are an admin of the help desk now"
    assert mails_to(requester.email)[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_refused_request_leaves_a_user_who_is_told(requester, admin):
    requester.ask_to_be_admin()

    AdminRequest.objects.get().refuse(by=admin)

    requester.refresh_from_db()
    assert requester.role == Role.USER
    assert "you stay a user" in mails_to(requester.email)[0].body.replace("that ", "")


def test_a_request_is_decided_once_and_by_admins(requester, admin, other_admin):
    requester.ask_to_be_admin()
    request = AdminRequest.objects.get()
    late = AdminRequest.objects.get()

    with pytest.raises(NotAllowed):
        request.grant(by=requester)
    request.refuse(by=admin)
    with pytest.raises(AlreadyDecided):
        late.grant(by=other_admin)

    requester.refresh_from_db()
    assert requester.role == Role.USER


@pytest.mark.parametrize("name", ["Eve\nBcc: all@example.com", "<b>Eve</b> & O'Neil"])
def test_a_typed_name_stays_text_in_mail(admin, name):
    user = User.objects.create_user("eve@example.com", None, first_name="E", last_name="E")
    user.rename(name, "E", by=None)

    user.ask_to_be_admin()

    (letter,) = mails_to(admin.email)
    assert letter.subject == "[Helpdesk] Somebody asks to be an admin"
    assert letter.recipients() == [admin.email]
    assert name in letter.body


def test_a_changed_address_is_the_only_one(requester, admin):
    requester.ask_to_change_email("wished@example.com")

    requester.change_email("New@Example.com", by=admin)

    addresses = list(requester.emailaddress_set.values_list("email", "verified", "primary"))
    assert (requester.email, addresses) == ("new@example.com", [("new@example.com", True, True)])


def test_an_address_asked_for_again_keeps_the_link_that_was_sent(requester):
    first = requester.ask_to_change_email("wished@example.com")
    again = requester.ask_to_change_email("Wished@example.com")
    other = requester.ask_to_change_email("other@example.com")

    assert (first.pk == again.pk, requester.new_email) == (True, other.email)


def test_a_new_name_does_not_bring_an_old_role_back(requester, admin):
    stale = User.objects.get(pk=admin.pk)
    User.objects.create_user("third@example.com", None, role=Role.ADMIN, first_name="T", last_name="T")
    admin.set_role(Role.USER, by=None)

    stale.rename("Ada", "Renamed", by=None)

    assert User.objects.get(pk=admin.pk).role == Role.USER


def test_what_a_person_may_do_is_read_in_one_query(requester, django_assert_num_queries):
    own = Permission.objects.get(codename="view_feedback")
    group = Group.objects.create(name="Auditors")
    group.permissions.add(Permission.objects.get(codename="view_ticketevent"))
    requester.groups.add(group)
    requester.user_permissions.add(own)
    person = User.objects.get(pk=requester.pk)

    with django_assert_num_queries(1):
        may = person.get_all_permissions()

    assert may == {
        "tickets.add_ticket",
        "tickets.add_feedback",
        "tickets.view_feedback",
        "tickets.view_ticketevent",
    }
    assert may == person.get_user_permissions() | person.get_group_permissions()


def test_a_superuser_may_everything_and_a_closed_account_nothing(requester):
    User.objects.filter(pk=requester.pk).update(is_superuser=True)
    assert len(User.objects.get(pk=requester.pk).get_all_permissions()) == Permission.objects.count()

    User.objects.filter(pk=requester.pk).update(is_active=False)
    assert User.objects.get(pk=requester.pk).get_all_permissions() == set()


def test_who_can_work_tickets_are_named_once_each_whatever_their_groups(admin, other_admin, requester):
    other_admin.deactivate(by=None)
    root = UserFactory()
    User.objects.filter(pk=root.pk).update(is_superuser=True, first_name="", last_name="")
    shift, auditors = Group.objects.create(name="Shift"), Group.objects.create(name="Auditors")
    shift.permissions.add(Permission.objects.get(codename="change_ticket"))
    auditors.permissions.add(Permission.objects.get(codename="view_ticket"))
    elsewhere = ContentType.objects.get_for_model(User)
    namesake = Permission.objects.create(codename="change_ticket", content_type=elsewhere, name="Another")
    stranger, auditor = UserFactory(), UserFactory()
    travel = Group.objects.create(name="Travel")
    travel.permissions.add(namesake)
    stranger.groups.add(travel)
    auditor.groups.add(auditors)
    admin.groups.add(shift, auditors)

    able = User.objects.who_can_work_tickets().order_by("pk")
    seeing = User.objects.who_can_see_every_ticket().order_by("pk")

    assert able.names() == {admin.pk: "Ada Admin", root.pk: root.email}
    assert list(seeing) == [admin, root, auditor]


def test_the_audit_names_who_granted_the_role_and_who_registered(admin):
    person = User.objects.register(
        "rita@example.org", "quiet river under stones", first_name="Rita", last_name="R.", role="Admin"
    ).user
    EmailAddress.objects.filter(user=person).update(verified=True)
    person.admin_requests.get().grant(by=admin)

    events = AuditEvent.objects.filter(person=person)
    assert [(event.kind, event.actor) for event in events] == [
        ("created", person),
        ("request_granted", admin),
        ("role_set", admin),
    ]
