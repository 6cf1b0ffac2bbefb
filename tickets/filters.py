"""What lists of tickets can be narrowed by: the portal's and the console's."""

from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from accounts.models import User

from .models import RequestType, Status, Ticket, TicketQuerySet
from .search import search

ME, NOBODY = "me", "nobody"
NUMBER = 2**63 - 1


class PortalTicketFilter(django_filters.FilterSet):
    """For one's own tickets."""

    q = django_filters.CharFilter(
        method="filter_words",
        label="Search",
        max_length=200,
        widget=forms.SearchInput(attrs={"placeholder": "Search title, number or text"}),
    )
    status = django_filters.ChoiceFilter(choices=Status, label="Status", empty_label="All statuses")
    request_type = django_filters.ModelChoiceFilter(
        queryset=RequestType.objects.all(), label="Request type", empty_label="All types"
    )

    class Meta:
        model = Ticket
        fields = ["q", "status", "request_type"]

    def filter_words(self, tickets: TicketQuerySet, name: str, text: str) -> TicketQuerySet:
        return search(tickets, text)

    @property
    def is_used(self) -> bool:
        """Say whether anything is narrowed by it."""
        return any(self.data.get(name) for name in self.filters)


class ConsoleTicketFilter(PortalTicketFilter):
    """For every ticket: also by people, and the trash.

    assignee: "me", "nobody" or a user's id. requester: a user's id.
    """

    requester = django_filters.NumberFilter(
        field_name="requester_id", label="Creator", min_value=1, max_value=NUMBER
    )
    assignee = django_filters.CharFilter(method="filter_assignee", label="Assignee", max_length=20)
    trash = django_filters.BooleanFilter(method="filter_trash", label="In trash")

    class Meta(PortalTicketFilter.Meta):
        fields = ["q", "status", "request_type", "requester", "assignee", "trash"]

    def __init__(self, data: QueryDict, queryset: TicketQuerySet, *, user: User, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.user = user

    @property
    def qs(self) -> TicketQuerySet:
        """Without the trash, unless it is asked for."""
        tickets = super().qs
        return tickets if self.form.cleaned_data.get("trash") else tickets.present()

    def filter_assignee(self, tickets: TicketQuerySet, name: str, who: str) -> TicketQuerySet:
        if who == ME:
            return tickets.assigned_to(self.user)
        if who == NOBODY:
            return tickets.unassigned()
        if who.isascii() and who.isdigit() and len(who) < 19:
            return tickets.filter(assignee_id=int(who))
        return tickets.none()

    def filter_trash(self, tickets: TicketQuerySet, name: str, wanted: bool) -> TicketQuerySet:
        return tickets.in_trash() if wanted else tickets
