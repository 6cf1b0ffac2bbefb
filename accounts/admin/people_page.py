"""What the console's pages that change accounts have in common."""

from allauth.account.decorators import reauthentication_required
from django.utils.decorators import method_decorator

from helpdesk.console.base import ConsolePage


@method_decorator(reauthentication_required(allow_get=True), name="dispatch")
class PeoplePage(ConsolePage):
    """A page about accounts: whoever changes something types their password first, unless they did so in the last
    five minutes. So nobody gives rights away at a desk whose owner has gone for coffee.
    """
