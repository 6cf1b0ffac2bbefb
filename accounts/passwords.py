"""Two more rules for passwords, beside Django's: no words anybody here would guess, and no novels."""

import re

from django.core.exceptions import ValidationError

# What stands around at every help desk (ASVS 5.0 6.2.11, context-specific words).
HOUSE_WORDS = {"helpdesk", "service", "support", "password", "passwort", "ticket", "welcome"}
MAXIMUM = 1024


class PersonalWordsValidator:
    """Refuse a password that is little more than one's name, address or the product's words."""

    def validate(self, password: str, user: object = None) -> None:
        words = set(HOUSE_WORDS)
        for attribute in ("first_name", "last_name", "email"):
            words.update(re.split(r"[^a-z0-9]+", str(getattr(user, attribute, "")).lower()))
        left = password.lower()
        for word in sorted((w for w in words if len(w) > 3), key=len, reverse=True):
            left = left.replace(word, "")
        if len(re.sub(r"[\W\d_]", "", left)) < 4 and left != password.lower():
            raise ValidationError(
                "This password is made of words anybody would try: your name, your address or this "
                "site's words. Add something only you know.",
                code="password_personal",
            )

    def get_help_text(self) -> str:
        return "Your password cannot be made of your name, your address or words of this site."


class MaximumLengthValidator:
    """Hashing megabytes burns the processor (CVE-2022-29700 at a peer)."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > MAXIMUM:
            raise ValidationError(
                f"This password is longer than {MAXIMUM:,} characters.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        return f"Your password can have up to {MAXIMUM:,} characters."
