"""Fields of filters that take several values at once."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from helpdesk.web.query_params import whole_number

MOST_CODES, MOST_TEXTS = 50, 5


class SeveralField(forms.Field):
    """Takes its parameter as often as it comes: each value once, in order."""

    widget = forms.MultipleHiddenInput
    most: int

    def to_python(self, value: Any) -> list[str]:
        several = list(dict.fromkeys(text for text in value or () if text))
        if len(several) > self.most:
            raise ValidationError(
                ngettext("Choose %(most)d at most.", "Choose %(most)d at most.", self.most),
                params={"most": self.most},
            )
        return several


class CodesField(SeveralField):
    """Takes some of these codes, and ids where `takes_ids`."""

    most = MOST_CODES

    def __init__(self, *, codes: Iterable[str], takes_ids: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes, self.takes_ids = frozenset(codes), takes_ids

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for code in value:
            if code not in self.codes and not (self.takes_ids and whole_number(code) is not None):
                raise ValidationError(
                    gettext("Select a valid choice. %(value)s is not one of the available choices."),
                    params={"value": code},
                )


class TextsField(SeveralField):
    """Takes a few texts. clean_one: makes each a value, or raises ValidationError."""

    most = MOST_TEXTS

    def __init__(self, *, clean_one: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clean_one = clean_one

    def to_python(self, value: Any) -> list[str]:
        return [text for text in map(self.clean_one, super().to_python(value)) if text]
