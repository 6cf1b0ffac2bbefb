"""Known and unknown addresses cost the same: equal hashing, and no page does the mail server's work."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django_tasks_db.models import DBTaskResult

from accounts.tests.factories import PASSWORD, UserFactory


class CountingHasher(MD5PasswordHasher):
    """Stands for Argon2: counts instead of working."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password, salt):
        type(self).hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def work(client_of, settings, db):
    """Answer how many hashes and how many rows of later work a POST costs."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

    def measure(path, **typed):
        CountingHasher.hashed, rows = 0, DBTaskResult.objects.count()
        client_of(None).post(path, typed)
        return CountingHasher.hashed, DBTaskResult.objects.count() - rows

    return measure


@pytest.fixture
def known(work):
    return UserFactory()


def test_a_failed_sign_in_costs_one_hash_whoever_it_is(work, known):
    closed, sso = UserFactory(), UserFactory(password=None)
    closed.deactivate(by=None)

    costs = [
        work("/auth/login/", login=login, password="not this one")
        for login in (known.email, closed.email, sso.email, "nobody@example.com")
    ]

    assert costs == [(1, 0)] * 4


@pytest.mark.parametrize("role", ["User", "Admin"])
def test_registering_costs_one_hash_and_at_most_one_row(work, known, settings, role):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    typed = {
        "first_name": "N",
        "last_name": "N",
        "password1": "another river there",
        "password2": "another river there",
        "role": "User",
    }

    assert work("/auth/register/", email=known.email, **typed) == (1, 1)
    assert work("/auth/register/", email="new@example.com", **typed) == (1, 1)


def test_asking_for_a_link_costs_no_hash_and_one_row(work, known):
    closed = UserFactory()
    closed.deactivate(by=None)

    costs = [
        work("/auth/password/reset/", email=e) for e in (known.email, closed.email, "nobody@example.com")
    ]

    assert costs == [(0, 1)] * 3
    assert mail.outbox == []


def test_mail_of_a_change_that_was_rolled_back_is_not_sent(work, known):
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        known.ask_to_be_admin()
        raise ZeroDivisionError

    assert DBTaskResult.objects.count() == 0


def test_the_right_password_costs_one_hash_too(work, known):
    assert work("/auth/login/", login=known.email, password=PASSWORD)[0] == 1


@pytest.mark.parametrize("size", [1025, 900_000, 2_000_000, 10_000_000])
def test_a_huge_password_is_refused_without_hashing(work, known, client_of, size):
    assert work("/auth/login/", login=known.email, password="x" * size) == (0, 0)

    answer = client_of(None).post("/auth/login/", {"login": known.email, "password": "x" * size})

    # Beyond DATA_UPLOAD_MAX_MEMORY_SIZE the request is refused as a whole.
    assert answer.status_code in (400, 413) or "longer than 1,024" in answer.content.decode()
