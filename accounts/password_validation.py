"""Rules for passwords, which judge what is hashed: Django's, and two of our own: nothing anybody here would guess,
and no novels.
"""

import re
from typing import Any

from django.contrib.auth import password_validation as of_django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from helpdesk.text.numbers import in_digits

from .password_hashing import one_spelling

# What stands around at every help desk (ASVS 5.0 6.2.11, context-specific words).
HOUSE_WORDS = {"helpdesk", "service", "support", "password", "passwort", "ticket", "welcome"}
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm")
SIGNS_FOR_LETTERS = str.maketrans("@4310$57!", "aaeiossti")
SHORTEST_RUN = 4
ENOUGH = 4  # letters' worth, see `worth`
MINIMUM = 12
MAXIMUM = 1024


class MinimumLengthValidator(of_django.MinimumLengthValidator):
    def validate(self, password: str, user: Any = None) -> None:
        super().validate(one_spelling(password), user)


class CommonPasswordValidator(of_django.CommonPasswordValidator):
    def validate(self, password: str, user: Any = None) -> None:
        super().validate(one_spelling(password), user)


class UserAttributeSimilarityValidator(of_django.UserAttributeSimilarityValidator):
    def validate(self, password: str, user: Any = None) -> None:
        super().validate(one_spelling(password), user)


class GuessableValidator:
    """Refuse a password that is long but not hard to guess.

    Django's list of common passwords knows few of twelve characters, so this one looks at what is left
    without repetition, neighbouring keys, and the words of this person and this site.
    """

    def __init__(self) -> None:
        self._common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: object = None) -> None:
        password = one_spelling(password)
        for spelling in (password.lower(), password.lower().translate(SIGNS_FOR_LETTERS)):
            self._validate(spelling, user)

    def _validate(self, password: str, user: object) -> None:
        if len(repeated_piece(password)) < MINIMUM <= len(password):
            raise ValidationError(
                _("This password repeats itself; guessing the part is enough. Add something else."),
                code="password_repeats",
            )
        left = password
        for word in sorted(self._words(user), key=len, reverse=True):
            left = left.replace(word, " ")
        left = without_runs(left)
        if left != password and worth(left) < ENOUGH:
            raise ValidationError(
                _(
                    "This password is made of words anybody would try: your name, your address, this site's "
                    "words or keys in a row. Add something only you know."
                ),
                code="password_personal",
            )
        core = re.sub(r"[\W\d_]", "", left)
        if core in self._common and worth(left) - len(core) < ENOUGH:
            raise ValidationError(
                _("This password is a common one with something added. Choose words nobody would expect."),
                code="password_common_word",
            )

    def get_help_text(self) -> str:
        return _(
            "Your password cannot be made of your name, your address, words of this site or keys in a row."
        )

    @staticmethod
    def _words(user: object) -> set[str]:
        words = set(HOUSE_WORDS)
        for attribute in ("first_name", "last_name", "email"):
            words.update(re.split(r"[\W_]+", str(getattr(user, attribute, "")).lower()))
        return {word for word in words if len(word) > 3}


class MaximumLengthValidator:
    """Hashing megabytes burns the processor (CVE-2022-29700 at a peer)."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > MAXIMUM:
            raise ValidationError(
                _("This password is longer than %(maximum)s characters.") % {"maximum": maximum_in_words()},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("Your password can have up to %(maximum)s characters.") % {"maximum": maximum_in_words()}


def maximum_in_words() -> str:
    return in_digits(MAXIMUM)


def repeated_piece(text: str) -> str:
    """Answer the shortest piece whose repetition makes the text: "abc" for "abcabcabc"."""
    return text[: (text + text).find(text, 1)]


def without_runs(text: str) -> str:
    """Take out keys in a row, of the keyboard or the alphabet, in either direction."""
    for row in (*ROWS, *(row[::-1] for row in ROWS)):
        for length in range(len(row), SHORTEST_RUN - 1, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], " ")
    return text


def worth(text: str) -> float:
    """Say how many letters' worth of guessing a text is: three digits count as one, signs as nothing."""
    letters = sum(character.isalpha() for character in text)
    digits = sum(character.isdigit() for character in text)
    return letters + digits / 3
