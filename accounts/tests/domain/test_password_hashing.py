"""A password is the same however a keyboard writes it."""

import unicodedata

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.password_hashing import Argon2Hasher

TYPED = "Grüße aus München 9"


@pytest.fixture(autouse=True)
def as_the_product(settings):
    settings.PASSWORD_HASHERS = [
        "accounts.password_hashing.Argon2Hasher",
        "accounts.password_hashing.PBKDF2Hasher",
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_any_form_of_a_password_is_that_password(form):
    encoded = hashers.make_password(TYPED)

    assert hashers.check_password(unicodedata.normalize(form, TYPED), encoded)
    assert hashers.check_password(TYPED.replace(" ", "\u00a0"), encoded)
    assert not hashers.check_password(TYPED.lower(), encoded)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("hasher", [hashers.Argon2PasswordHasher, hashers.PBKDF2PasswordHasher])
def test_a_hash_of_before_stays_good_for_what_was_typed(form, hasher):
    typed = unicodedata.normalize(form, TYPED)
    before = hasher().encode(typed, "salt of somebody")

    assert hashers.check_password(typed, before)
    assert not hashers.check_password(typed + "9", before)


def test_a_password_of_plain_letters_is_hashed_once(monkeypatch):
    tried = []
    monkeypatch.setattr(Argon2Hasher, "_is_of", lambda self, spelling, encoded: bool(tried.append(spelling)))

    hashers.check_password("quiet river under stones", Argon2Hasher().encode("another", "salt of somebody"))

    assert tried == ["quiet river under stones"]


@pytest.mark.parametrize("password", ["e\u0301" * 6 + "x", "ｐａｓｓｗｏｒｄ１２３４"], ids=ascii)
def test_what_is_judged_is_what_is_hashed(password):
    with pytest.raises(ValidationError):
        validate_password(password)
