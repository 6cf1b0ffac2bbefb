"""Passwords in one spelling: the same keys give the same password on every keyboard and system."""

import unicodedata

from django.contrib.auth import hashers


def one_spelling(password: str) -> str:
    """Write a password as it is hashed.

    NFKC, the first of the two forms NIST SP 800-63B names (5.1.1.2). NFC would not do: Option and the space bar
    of a Mac give a no-break space, and Japanese keyboards wide letters, which nobody sees behind the dots.
    """
    return unicodedata.normalize("NFKC", password)


class EitherSpelling(hashers.BasePasswordHasher):
    """Takes the one spelling, and what was typed: hashes of before were made of that."""

    def verify(self, password: str, encoded: str) -> bool:
        spellings = dict.fromkeys((one_spelling(password), password))
        return any(self._is_of(spelling, encoded) for spelling in spellings)

    def _is_of(self, spelling: str, encoded: str) -> bool:
        return bool(super().verify(spelling, encoded))


class Argon2Hasher(EitherSpelling, hashers.Argon2PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        return str(super().encode(one_spelling(password), salt))


class PBKDF2Hasher(EitherSpelling, hashers.PBKDF2PasswordHasher):
    """For hashes that were brought along; a sign-in makes them Argon2's."""
