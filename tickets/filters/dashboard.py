"""What the lists of the console's front page can be narrowed by."""

import django_filters

from ..models import RequestType, Status, Ticket, TicketQuerySet
from ..models.ticket.status import UNSOLVED
from .base import TicketFilter


class DashboardFilter(TicketFilter):
    """For the lists of the console's front page."""

    status = django_filters.ChoiceFilter(
        choices=[(status.value, status.label) for status in Status if status in UNSOLVED],
        label="Status",
        empty_label="All statuses",
    )
    request_type = django_filters.ModelChoiceFilter(
        queryset=RequestType.objects.all(), label="Request type", empty_label="All types"
    )

    class Meta:
        model = Ticket
        fields = ["status", "request_type"]

    @property
    def qs(self) -> TicketQuerySet:
        """Nothing where a choice makes no sense: the form says which."""
        tickets = super().qs
        return tickets.none() if self.form.errors else tickets
