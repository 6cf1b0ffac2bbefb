"""What a name or a title may hold: it stands among other words, in lists, headers and mails."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .folding import UNSEEN

# Explicit embeddings and overrides (Unicode Standard Annex 9): what follows is shown in another order than it is
# written. Languages written from right to left need none of them.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e")
# Drawn as nothing, too, though it counts as a sign: the Braille pattern of no dot.
EMPTY = UNSEEN | {"\u2800"}


def validate_one_line(text: str) -> None:
    """Refuse what begins a line, steers a terminal, or shows other words in another order. A tab is a blank."""
    if any(_breaks_the_line(character) for character in text):
        raise ValidationError(
            _("Write one line, without control characters or signs that turn the words round."),
            code="control",
        )


def validate_visible(text: str) -> None:
    """Refuse a text nobody can see: white space, zero-width and control characters, empty letters alone."""
    if not any(
        unicodedata.category(character)[0] not in "ZC" for character in text if character not in EMPTY
    ):
        raise ValidationError(_("Write something that can be read."), code="invisible")


def _breaks_the_line(character: str) -> bool:
    return character in REORDERING or (
        unicodedata.category(character) in ("Cc", "Zl", "Zp") and character != "\t"
    )
