"""What must hold when two things happen in the same moment, on both databases."""

import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from accounts.errors import AccountError
from accounts.models import AdminRequest, Invitation, User
from accounts.roles import Role
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def roles(transactional_db):
    """The groups come with migrate; another test's end may have emptied their tables."""
    from accounts.roles import sync_roles

    sync_roles()


def at_once(*actions: Callable[[], object]) -> list[Exception]:
    """Run each action in a thread of its own, all started together. Answers what was raised."""
    gate, raised = threading.Barrier(len(actions)), []

    def run(action):
        try:
            gate.wait()
            action()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def admins():
    return User.objects.filter(is_staff=True, is_active=True)


@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize("verb", ["demote", "deactivate", "one of each"])
def test_two_admins_who_remove_each_other_leave_one(admin, other_admin, verb, round_):
    def demote(person, by):
        return lambda: person.set_role(Role.USER, by=by)

    def close(person, by):
        return lambda: person.deactivate(by=by)

    first = close if verb == "deactivate" else demote
    second = demote if verb == "demote" else close

    raised = at_once(first(admin, other_admin), second(other_admin, admin))

    assert admins().count() == 1
    assert [isinstance(error, AccountError) for error in raised] == [True]


@pytest.mark.parametrize("round_", range(3))
def test_two_admins_who_delete_each_other_leave_one(admin, other_admin, round_):
    raised = at_once(
        lambda: admin.delete_account(by=other_admin), lambda: other_admin.delete_account(by=admin)
    )

    assert admins().count() == 1
    assert [isinstance(error, AccountError) for error in raised] == [True]


@pytest.mark.parametrize("round_", range(3))
def test_of_three_admins_who_act_on_each_other_only_those_with_rights_do(admin, other_admin, round_):
    third = User.objects.create_user(
        "third@example.com", None, role=Role.ADMIN, first_name="T", last_name="T"
    )

    raised = at_once(
        lambda: other_admin.deactivate(by=admin),
        lambda: third.set_role(Role.USER, by=other_admin),
        lambda: admin.delete_account(by=third),
    )

    # Whoever lost the rights first could not take anybody else's any more.
    assert admins().count() == len(raised) >= 1
    assert all(isinstance(error, AccountError) for error in raised)


@pytest.mark.parametrize("round_", range(3))
def test_two_first_admins_at_once_leave_one_admin_and_one_request(round_):
    def register(email):
        return lambda: User.objects.register(
            email, "quiet river under stones", first_name="F", last_name="F", role=Role.ADMIN
        )

    raised = at_once(*(register(f"p{n}@example.com") for n in range(4)))

    assert raised == []
    assert (admins().count(), AdminRequest.objects.waiting().count(), User.objects.count()) == (1, 3, 4)


@pytest.mark.parametrize("round_", range(5))
def test_a_role_given_and_taken_at_once_is_one_role(admin, requester, round_):
    def give(role):
        return lambda: User.objects.get(pk=requester.pk).set_role(role, by=None)

    raised = at_once(*map(give, [Role.ADMIN, Role.USER] * 3))

    person = User.objects.get(pk=requester.pk)
    assert raised == []
    assert [group.name for group in person.groups.all()] == [person.role]


@pytest.mark.parametrize("round_", range(5))
def test_a_request_granted_while_the_role_is_given_is_answered_once(admin, requester, round_):
    requester.ask_to_be_admin()
    request = AdminRequest.objects.get()

    raised = at_once(
        lambda: request.grant(by=None),
        lambda: User.objects.get(pk=requester.pk).set_role(Role.ADMIN, by=None),
    )

    assert [error for error in raised if not isinstance(error, AccountError)] == []
    assert User.objects.get(pk=requester.pk).role == Role.ADMIN
    assert AdminRequest.objects.get().outcome == "granted"


def test_a_new_address_asked_for_four_times_at_once_waits_once(requester):
    def ask():
        User.objects.get(pk=requester.pk).ask_to_change_email("new@example.com")

    raised = at_once(*[ask] * 4)

    assert (raised, requester.new_email) == ([], "new@example.com")


@pytest.mark.parametrize("round_", range(3))
def test_two_who_confirm_their_address_at_once_leave_one_first_admin(settings, round_):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    people = [
        User.objects.register(
            f"p{n}@example.com", "quiet river under stones", first_name="F", last_name="F", role=Role.ADMIN
        ).user
        for n in range(4)
    ]
    EmailAddress.objects.update(verified=True)

    raised = at_once(*(person.become_first_admin for person in people))

    assert raised == []
    assert (admins().count(), AdminRequest.objects.waiting().count()) == (1, 3)


def test_one_address_registered_twice_at_once_is_one_account():
    def register():
        User.objects.register("p@example.com", "quiet river under stones", first_name="F", last_name="F")

    raised = at_once(*[register] * 4)

    assert (raised, User.objects.count()) == ([], 1)


def test_twelve_wrong_passwords_at_once_are_five_tries():
    answers = []

    def guess():
        answer = Client().post("/auth/login/", {"login": "p@example.com", "password": "wrong"})
        answers.append(answer.status_code)

    raised = at_once(*[guess] * 12)

    assert raised == []
    assert sorted(answers) == [200] * 5 + [429] * 7


@pytest.mark.parametrize("round_", range(3))
def test_a_link_opened_by_four_at_once_makes_one_account(admin, round_):
    tokens = []
    invitation = Invitation.objects.invite("p@example.com", Role.USER, by=admin, address_of=tokens.append)
    before = User.objects.count()

    def accept():
        mine = Invitation.objects.get(pk=invitation.pk)
        mine.accept(tokens[0], "quiet river under stones", first_name="F", last_name="F")

    raised = at_once(*[accept] * 4)

    assert [isinstance(error, AccountError) for error in raised] == [True] * 3
    assert User.objects.count() - before == 1


def test_two_admins_who_invite_one_address_at_once_send_one_link(admin, other_admin):
    def invite(by):
        return lambda: Invitation.objects.invite("p@example.com", Role.USER, by=by, address_of=str)

    raised = at_once(invite(admin), invite(other_admin))

    assert [isinstance(error, AccountError) for error in raised] == [True]
    assert Invitation.objects.count() == 1


def sign_in(person, password, failed=None):
    """Answer what signs this person in, from the one address all tests have. failed: takes statements that fail."""

    def execute(run, sql, params, many, context):
        try:
            return run(sql, params, many, context)
        except Exception:
            failed.append(sql)
            raise

    def work():
        with connection.execute_wrapper(execute) if failed is not None else nullcontext():
            answer = Client().post("/auth/login/", {"login": person.email, "password": password})
        answers.append(answer.status_code)

    answers = []
    work.answers = answers
    return work


def test_many_right_passwords_at_once_from_one_address_are_all_let_in():
    people = [UserFactory() for _ in range(25)]
    failed = []
    work = [sign_in(person, PASSWORD, failed) for person in people]

    assert at_once(*work) == []

    assert [one.answers for one in work] == [[302]] * len(people)
    # PostgreSQL would write each into its log.
    assert failed == []


def test_of_many_wrong_passwords_at_once_no_more_are_tried_than_of_those_one_by_one(monkeypatch):
    person, tried = UserFactory(), []
    check = User.check_password
    monkeypatch.setattr(User, "check_password", lambda self, raw: tried.append(raw) or check(self, raw))

    assert at_once(*[sign_in(person, "not the one") for _ in range(20)]) == []

    assert len(tried) == 5
