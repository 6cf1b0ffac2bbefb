"""What stands in addresses: <ticket:number>, in the portal and in the console."""

from django.urls import register_converter


class TicketNumberConverter:
    """A number that can be a row's: 1 to 2^63 - 1, ASCII digits. Anything else is no address of ours: 404."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number >= 2**63:
            raise ValueError
        return number

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(TicketNumberConverter, "ticket")
