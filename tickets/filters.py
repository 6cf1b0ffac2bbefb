"""What lists of tickets can be narrowed by: the portal's and the console's."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User

from .models import RequestType, Status, Ticket, TicketQuerySet
from .models.status import UNSOLVED
from .search import search

ME, NOBODY = "me", "nobody"
UNSOLVED_TICKETS = "unsolved"
MOST_PEOPLE = 50


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

    def filter_words(self, tickets: TicketQuerySet, name: str, text: str) -> QuerySet:
        return search(tickets, text)

    @property
    def is_used(self) -> bool:
        """Say whether anything is narrowed by it."""
        return any(self.data.get(name) for name in self.filters)


class ConsoleTicketFilter(PortalTicketFilter):
    """For every ticket: also by people, and the trash.

    status: also "unsolved". assignee: "me", "nobody" or a user's id. requester: words of a name or an
    address that few people share.
    """

    status = django_filters.ChoiceFilter(
        method="filter_status",
        choices=[(UNSOLVED_TICKETS, "Not yet resolved"), *Status.choices],
        label="Status",
        empty_label="All statuses",
    )
    requester = django_filters.CharFilter(
        method="filter_requester",
        label="Creator",
        max_length=254,
        widget=forms.TextInput(attrs={"placeholder": "Name or email"}),
    )
    assignee = django_filters.CharFilter(
        method="filter_assignee", label="Assignee", max_length=20, widget=forms.Select
    )
    trash = django_filters.BooleanFilter(
        method="filter_trash",
        label="Trash",
        widget=forms.Select(choices=[("", "Without the trash"), ("true", "In the trash")]),
    )

    class Meta(PortalTicketFilter.Meta):
        fields = ["q", "status", "request_type", "requester", "assignee", "trash"]

    def __init__(self, data: QueryDict, queryset: TicketQuerySet, *, user: User, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.user = user
        self.too_many_people = False
        self.form.fields["assignee"].widget.choices = self._assignees(data.get("assignee", ""))

    @property
    def qs(self) -> TicketQuerySet:
        """Without the trash, unless it is asked for."""
        tickets = super().qs
        if self.too_many_people:
            self.too_many_people = False
            self.form.add_error("requester", f"More than {MOST_PEOPLE} people match. Type more of the name.")
        return tickets if self.form.cleaned_data.get("trash") else tickets.present()

    def filter_status(self, tickets: TicketQuerySet, name: str, status: str) -> TicketQuerySet:
        return tickets.unsolved() if status == UNSOLVED_TICKETS else tickets.filter(status=status)

    def filter_requester(self, tickets: TicketQuerySet, name: str, text: str) -> TicketQuerySet:
        """Tickets of the people meant; none, and a note beside the field, if too many could be."""
        people = list(User.objects.named_like(text).values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(people) > MOST_PEOPLE:
            self.too_many_people = True
            return tickets.none()
        return tickets.filter(requester__in=people)

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

    @staticmethod
    def _assignees(chosen: str) -> list[tuple[str, str]]:
        people = User.objects.who_can_work_tickets().order_by("last_name", "first_name", "pk")
        choices = [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody"), *((str(p.pk), str(p)) for p in people)]
        if chosen not in dict(choices):
            # Somebody who works no tickets any more still has those assigned to them.
            choices.append((chosen, "Somebody else"))
        return choices


class DashboardFilter(django_filters.FilterSet):
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
