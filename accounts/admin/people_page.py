"""What the console's pages that change accounts have in common."""

from helpdesk.console.base import ConsolePage

from ..password_again import PasswordAgainMixin


class PeoplePage(PasswordAgainMixin, ConsolePage):
    """A page about accounts. Nobody gives rights away at a desk whose owner has gone for coffee."""
