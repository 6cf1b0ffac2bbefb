"""What a person's name may hold."""

import unicodedata

from django.core.exceptions import ValidationError


def validate_name(text: str) -> None:
    """Refuse what could start a new line or header where a name is printed."""
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise ValidationError("A name cannot contain line breaks or control characters.", code="control")
