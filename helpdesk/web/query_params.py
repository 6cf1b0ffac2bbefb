"""What an address or a form may say in a parameter."""


def whole_number(text: str, *, digits: int = 18) -> int | None:
    """Read a whole number that is not negative; None for anything else, and for what is too large.

    text: as it came; only the digits 0 to 9 count, not those of other scripts.
    digits: how many there may be. The largest number of 18 digits fits a column of 64 bits.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
