"""Numbers as people read them."""

from typing import Self

from django.utils.formats import number_format


def in_digits(number: int) -> str:
    """Write a number with its thousands apart, as the language does."""
    return number_format(number, force_grouping=True)


class RowCount(str):
    """How many there are, as it is read: "12", or "1,000+" where counting ended at 1,000.

    number: the same as a number, for a sentence that says one or many.
    """

    number: int

    def __new__(cls, number: int, *, has_more: bool = False) -> Self:
        count = super().__new__(cls, f"{in_digits(number)}{'+' if has_more else ''}")
        count.number = number
        return count
