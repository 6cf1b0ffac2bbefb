"""What a title and a text may hold."""

from collections.abc import Callable

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from helpdesk.text import one_line
from helpdesk.text.folding import composed

TITLE_LENGTH = 200
TEXT_LENGTH = 20_000


# Migrations name them as this module's own.
def validate_visible(text: str) -> None:
    one_line.validate_visible(text)


def validate_one_line(text: str) -> None:
    one_line.validate_one_line(text)


def normalize(text: str) -> str:
    """Write a text as it is kept: in NFC, and each line end one LF.

    Browsers send CRLF (HTML standard, form submission), files either.
    """
    return composed(text.replace("\r\n", "\n").replace("\r", "\n"))


Validator = Callable[[str], None]

# A form's CharField refuses NUL and measures the length by itself; the others are these.
TITLE_RULES: list[Validator] = [validate_visible, validate_one_line]
DESCRIPTION_RULES: list[Validator] = [validate_visible]
TITLE_VALIDATORS: list[Validator] = [ProhibitNullCharactersValidator(), *TITLE_RULES]
DESCRIPTION_VALIDATORS: list[Validator] = [
    ProhibitNullCharactersValidator(),
    *DESCRIPTION_RULES,
    MaxLengthValidator(TEXT_LENGTH),
]
TEXT_VALIDATORS: list[Validator] = [ProhibitNullCharactersValidator(), MaxLengthValidator(TEXT_LENGTH)]


def clean_text(text: str) -> str:
    """Check what is said along with a verb and answer it normalised. Raises ValidationError."""
    text = normalize(text)
    for validate in TEXT_VALIDATORS:
        validate(text)
    return text
