"""What the console's list of tickets can be narrowed by."""

from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator

from accounts.models import User
from accounts.models.managers import NAME
from helpdesk.web.query_params import whole_number

from ..models import RequestType, Status, TicketQuerySet
from ..models.feedback import SCORES
from .chips import Chip, chip_of, chips_of
from .portal import PortalTicketFilter

ME, NOBODY = "me", "nobody"
UNSOLVED_TICKETS = "unsolved"
NOT_RATED = "none"
MOST_PEOPLE = 50
# What the address calls an age -> in words, the days, and whether it is at least that old.
AGES: dict[str, tuple[str, int, bool]] = {
    "today": ("Today", 0, False),
    "7-days": ("In the last 7 days", 7, False),
    "30-days": ("In the last 30 days", 30, False),
    "over-7-days": ("More than 7 days ago", 7, True),
    "over-30-days": ("More than 30 days ago", 30, True),
    "over-90-days": ("More than 90 days ago", 90, True),
}
# What the address calls a stretch of time up to now -> in words, the days; None for since Monday.
LATELY: dict[str, tuple[str, int | None]] = {
    "this-week": ("This week", None),
    "7-days": ("In the last 7 days", 7),
    "30-days": ("In the last 30 days", 30),
}


class ConsoleTicketFilter(PortalTicketFilter):
    """For every ticket: also by people, age and rating, and the trash.

    status: also "unsolved". assignee: "me", "nobody" or a user's id. requester: an address, or words of a
    name or an address that few people share. opened: of AGES. resolved: of LATELY. rating: a score, or "none".
    """

    status = django_filters.ChoiceFilter(
        method="filter_status",
        choices=[(UNSOLVED_TICKETS, "Not yet resolved"), *Status.choices],
        label="Status",
        empty_label="All statuses",
    )
    assignee = django_filters.CharFilter(
        method="filter_assignee",
        label="Assignee",
        widget=forms.Select,
        validators=[RegexValidator(r"\A(me|nobody|[0-9]{1,18})\Z", "Choose one of the people offered.")],
    )
    requester = django_filters.CharFilter(
        method="filter_requester",
        label="Creator",
        max_length=254,
        widget=forms.TextInput(attrs={"placeholder": "Name or email"}),
    )
    opened = django_filters.ChoiceFilter(
        method="filter_opened",
        choices=[(code, words) for code, (words, *_) in AGES.items()],
        label="Opened",
        empty_label="At any time",
    )
    resolved = django_filters.ChoiceFilter(
        method="filter_resolved",
        choices=[(code, words) for code, (words, _) in LATELY.items()],
        label="Resolved",
        empty_label="At any time or not yet",
    )
    rating = django_filters.ChoiceFilter(
        method="filter_rating",
        choices=[
            *((str(score), f"{score} · {word}") for score, word in reversed(SCORES.items())),
            (NOT_RATED, "None yet"),
        ],
        label="Rating",
        empty_label="With any or none",
    )
    trash = django_filters.BooleanFilter(
        method="filter_trash",
        label="Deleted",
        widget=forms.Select(choices=[("", "No"), ("true", "Yes, in the trash")]),
    )

    class Meta(PortalTicketFilter.Meta):
        fields = [
            "q",
            "status",
            "request_type",
            "assignee",
            "requester",
            "opened",
            "resolved",
            "rating",
            "trash",
        ]

    def __init__(self, data: QueryDict, queryset: TicketQuerySet, *, user: User, **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        self.user = user
        self.too_many_people = False
        # Asked for when they are shown, not by those who only want the rows.
        for name, offered in (("assignee", self._assignees), ("request_type", self._request_types)):
            self.form.fields[name].widget.choices = CallableChoiceIterator(offered)

    @property
    def qs(self) -> TicketQuerySet:
        """Without the trash, unless it is asked for."""
        tickets = super().qs
        if self.too_many_people:
            self.too_many_people = False
            self.form.add_error("requester", f"More than {MOST_PEOPLE} people match. Type more of the name.")
        return tickets if self.form.cleaned_data.get("trash") else tickets.present()

    @property
    def makes_sense(self) -> bool:
        """Say whether there is no note beside any field. Asks who is meant where a creator is named."""
        return self.qs is not None and not self.form.errors

    # -- what they look like -----------------------------------------------------------------
    @property
    def chosen(self) -> dict[str, str]:
        """The address's parameters that narrow or sort, in one order."""
        return {name: self.data[name] for name in (*self.filters, "sort") if self.data.get(name)}

    @property
    def unsorted(self) -> str:
        """The address's parameters without the order."""
        return urlencode({name: value for name, value in self.chosen.items() if name != "sort"})

    @cached_property
    def chips(self) -> list[Chip]:
        """A chip for each filter but the search. Two queries: request types and people."""
        return chips_of(self.form, self.chosen, but=("q",))

    @property
    def search_chip(self) -> Chip:
        return chip_of(self.form["q"], self.chosen)

    # -- how they narrow ---------------------------------------------------------------------
    def filter_status(self, tickets: TicketQuerySet, name: str, status: str) -> TicketQuerySet:
        return tickets.unsolved() if status == UNSOLVED_TICKETS else tickets.filter(status=status)

    def filter_assignee(self, tickets: TicketQuerySet, name: str, who: str) -> TicketQuerySet:
        if who == ME:
            return tickets.assigned_to(self.user)
        return tickets.unassigned() if who == NOBODY else tickets.filter(assignee_id=int(who))

    def filter_requester(self, tickets: TicketQuerySet, name: str, text: str) -> TicketQuerySet:
        """Tickets of the one with this address, or else of the people meant; none, and a note beside the
        field, if too many could be.
        """
        people = list(User.objects.meant_by(text).values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(people) > MOST_PEOPLE:
            self.too_many_people = True
            return tickets.none()
        return tickets.filter(requester__in=people)

    def filter_opened(self, tickets: TicketQuerySet, name: str, age: str) -> TicketQuerySet:
        _, days, at_least = AGES[age]
        if at_least:
            return tickets.opened_before(timezone.now() - timedelta(days=days))
        return tickets.opened_since(timezone.now() - timedelta(days=days) if days else midnight())

    def filter_resolved(self, tickets: TicketQuerySet, name: str, when: str) -> TicketQuerySet:
        _, days = LATELY[when]
        since = monday() if days is None else timezone.now() - timedelta(days=days)
        return tickets.resolved_since(since)

    def filter_rating(self, tickets: TicketQuerySet, name: str, score: str) -> TicketQuerySet:
        return tickets.filter(score=None if score == NOT_RATED else int(score))

    def filter_trash(self, tickets: TicketQuerySet, name: str, wanted: bool) -> TicketQuerySet:
        return tickets.in_trash() if wanted else tickets

    def _request_types(self) -> list[tuple[str, str]]:
        return [("", "All types"), *((str(t.pk), str(t)) for t in RequestType.objects.all())]

    def _assignees(self) -> list[tuple[str, str]]:
        people = User.objects.who_can_work_tickets().only(*NAME).order_by("last_name", "first_name", "pk")
        choices = [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody"), *((str(p.pk), str(p)) for p in people)]
        chosen = self.data.get("assignee", "")
        if chosen not in dict(choices) and whole_number(chosen) is not None:
            # Somebody who works no tickets any more still has those assigned to them.
            choices.append((chosen, "Somebody else"))
        return choices


def midnight() -> datetime:
    """When today began, in the zone moments are shown in."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def monday() -> datetime:
    """When this week began, in the zone moments are shown in."""
    today = timezone.localdate()
    return timezone.make_aware(datetime.combine(today - timedelta(days=today.weekday()), time.min))
