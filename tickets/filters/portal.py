"""What the portal's lists of tickets can be narrowed by."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import RequestType, Status, Ticket, TicketQuerySet
from ..search.query import search
from .base import TicketFilter


class PortalTicketFilter(TicketFilter):
    """For one's own tickets."""

    q = django_filters.CharFilter(
        method="filter_words",
        label=_("Search"),
        # The longest title after "Re: [HD-12345678] ".
        max_length=250,
        widget=forms.SearchInput(attrs={"placeholder": _("Search title, number or text")}),
    )
    status = django_filters.ChoiceFilter(choices=Status, label=_("Status"), empty_label=_("All statuses"))
    request_type = django_filters.ModelChoiceFilter(
        queryset=RequestType.objects.all(), label=_("Request type"), empty_label=_("All types")
    )

    # Beside the statuses: those that wait for an answer of whoever looks.
    waiting = django_filters.BooleanFilter(method="filter_waiting", label=_("Waiting for you"))

    class Meta:
        model = Ticket
        fields = ["q", "status", "request_type"]

    def filter_waiting(self, tickets: TicketQuerySet, name: str, wanted: bool) -> QuerySet:
        return tickets.waiting_for_requester() if wanted else tickets

    def filter_words(self, tickets: TicketQuerySet, name: str, text: str) -> QuerySet:
        return search(tickets, text)

    @property
    def is_used(self) -> bool:
        """Say whether anything is narrowed by it."""
        return any(self.data.get(name) for name in self.filters)
