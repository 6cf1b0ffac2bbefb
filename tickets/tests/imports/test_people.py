"""The people an import speaks of."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from tickets.imports.people import People


def test_a_code_becomes_an_inactive_account_nobody_can_sign_in_to(db):
    person = People().by_code("Caller 2403", "Caller")

    person.refresh_from_db()
    assert (person.email, str(person)) == ("caller-2403@example.invalid", "Caller 2403")
    assert not person.is_active
    assert not person.has_usable_password()
    assert (person.is_staff, person.role) == (False, Role.USER)


def test_white_space_in_a_code_does_not_make_another_person(db):
    people = People()

    assert people.by_code("Opened by  8", "Opened by") == people.by_code("Opened by 8", "Opened by")


def test_a_code_of_one_word_is_told_apart_by_what_the_person_is(db):
    people = People()

    assert people.by_code("17", "Caller").email == "caller-17@example.invalid"
    assert people.by_code("17", "Resolver").email == "resolver-17@example.invalid"


def test_names_that_an_address_cannot_say_stay_apart(db):
    people = People()

    assert (
        len({people.by_code(code, "Caller").pk for code in ("Zoë Ä", "Zoë Ö", "李 雷", "A B", "A-B C")}) == 5
    )


def test_an_address_becomes_an_active_user_whose_password_can_be_reset(db):
    person = People().by_email("Anna.Berg@Example.org")

    assert (person.email, str(person)) == ("anna.berg@example.org", "Anna Berg")
    assert person.is_active
    assert not person.has_usable_password()
    assert person.role == Role.USER


def test_an_existing_account_is_used_as_it_is(admin):
    people = People()

    assert people.by_email(admin.email.upper(), "Some", "Body") == admin
    people.keep()
    assert people.made == set()
    assert User.objects.count() == 1


def test_an_address_that_cannot_be_is_refused(db):
    with pytest.raises(ValidationError):
        People().by_email("not an address")


def test_what_was_rolled_back_is_asked_for_again(db):
    people = People()
    with transaction.atomic():
        people.by_code("Caller 1", "Caller")
        transaction.set_rollback(True)
    assert not User.objects.exists()

    people.forget()

    assert User.objects.filter(pk=people.by_code("Caller 1", "Caller").pk).exists()
    people.keep()
    assert people.made == {"caller-1@example.invalid"}
