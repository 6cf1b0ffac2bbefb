"""What the console's list of tickets can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Count, Exists, Q
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.db.keyset import BOUND
from helpdesk.templatetags.interface import day as day_in_words
from helpdesk.text.numbers import RowCount
from helpdesk.web.query_params import whole_number

from ..models import HoldReason, RequestType, Status, Ticket, TicketQuerySet
from ..models.feedback import SCORES
from ..models.ticket.queryset import REQUESTER_ANSWERED, UNANSWERED, unseen_news_of
from ..models.ticket.status import UNSOLVED
from .chips import Chip, Choice, Menu
from .fields import CodesField, TextsField
from .periods import PERIODS, between, within
from .portal import PortalTicketFilter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ME, NOBODY = "me", "nobody"
ALL_TICKETS, UNSOLVED_TICKETS = "all", "unsolved"
NOT_RATED, HAS_ANSWER, UNREAD, IN_TRASH = "none", "true", "true", "true"
MOST_PEOPLE = 50
# The newest so many tickets are looked at to say how many each choice would find.
MOST_COUNTED = 10_000
STATUSES = {ALL_TICKETS: _("All"), UNSOLVED_TICKETS: _("Not yet resolved"), **dict(Status.choices)}
RATINGS = {
    **{str(score): format_lazy("{} · {}", score, word) for score, word in reversed(SCORES.items())},
    NOT_RATED: _("None yet"),
}
US, ANSWERED = "us", "answered"
# What leads to the tickets whose requester answered, those that wait longest first.
REQUESTER_ANSWERED_LIST = f"status=all&waiting={ANSWERED}&sort=waiting"
WAITING = {
    US: pgettext_lazy("whom a ticket waits for", "us"),
    ANSWERED: pgettext_lazy("whom a ticket waits for", "us, answered"),
    HoldReason.REQUESTER.value: pgettext_lazy("whom a ticket waits for", "the requester"),
    HoldReason.THIRD_PARTY.value: pgettext_lazy("whom a ticket waits for", "a third party"),
    HoldReason.SCHEDULED.value: pgettext_lazy("whom a ticket waits for", "a scheduled date"),
}
MOMENTS = {"opened": "created_at", "resolved": "resolved_at"}
# Who asks for one of these does not ask for what is not yet resolved.
ABOUT_ALL = (
    "q",
    "resolved",
    "resolved_from",
    "resolved_until",
    "rating",
    "waiting",
    "answered",
    "unread",
    "trash",
)
# Parameters of the list's address that narrow nothing.
BESIDE = ("sort", "view")


class CodesFilter(django_filters.Filter):
    field_class = CodesField


class TextsFilter(django_filters.Filter):
    field_class = TextsField


class Choices:
    """Whom and what can be chosen, each asked for once: by its code, in words."""

    @cached_property
    def request_types(self) -> dict[str, str]:
        return {str(kind.pk): str(kind) for kind in RequestType.objects.all()}

    @cached_property
    def colleagues(self) -> dict[str, str]:
        people = User.objects.who_can_work_tickets().order_by("last_name", "first_name", "pk").names()
        return {str(pk): name for pk, name in people.items()}

    @cached_property
    def assignees(self) -> dict[str, str]:
        return {ME: gettext("Me"), NOBODY: gettext("Nobody"), **self.colleagues}


class ConsoleTicketFilter(PortalTicketFilter):
    """For every ticket: also by people, time and rating, and the trash.

    Several values of one filter find what fits any of them. status: also "unsolved", which is meant where nothing
    is said, and "all". assignee: "me", "nobody" or a user's id. requester: an address, or words of a name or an
    address that few people share. opened, resolved: of PERIODS, or two days. rating: a score, or "none".

    choices: to share with other filters.
    """

    status = CodesFilter(method="filter_codes", codes=STATUSES, label=_("Status"))
    request_type = CodesFilter(method="filter_codes", codes=(), takes_ids=True, label=_("Type"))
    assignee = CodesFilter(method="filter_codes", codes=(ME, NOBODY), takes_ids=True, label=_("Assignee"))
    requester = TextsFilter(
        method="filter_requester",
        clean_one=forms.CharField(max_length=254, required=False).clean,
        label=_("Requester"),
    )
    opened = django_filters.ChoiceFilter(
        method="filter_period", choices=list(PERIODS.items()), label=_("Opened")
    )
    opened_from = django_filters.DateFilter(method="filter_days", label=_("Opened from"))
    opened_until = django_filters.DateFilter(method="filter_days", label=_("Opened until"))
    resolved = django_filters.ChoiceFilter(
        method="filter_period",
        choices=list(PERIODS.items()),
        label=pgettext_lazy("when a ticket was resolved", "Resolved"),
    )
    resolved_from = django_filters.DateFilter(method="filter_days", label=_("Resolved from"))
    resolved_until = django_filters.DateFilter(method="filter_days", label=_("Resolved until"))
    rating = CodesFilter(method="filter_codes", codes=RATINGS, label=_("Rating"))
    waiting = CodesFilter(method="filter_codes", codes=WAITING, label=_("Waiting for"))
    answered = django_filters.BooleanFilter(method="filter_answered", label=_("First answer"))
    unread = django_filters.BooleanFilter(method="filter_unread", label=_("Unread"))
    trash = django_filters.BooleanFilter(method="filter_trash", label=_("Deleted"))

    # What has a chip of its own, whether or not something is chosen.
    SHOWN = ("status", "request_type", "assignee", "requester", "opened")
    # What has one where something is chosen, and stands in one menu until then.
    MORE = ("waiting", "answered", "unread", "resolved", "rating", "trash")

    class Meta(PortalTicketFilter.Meta):
        fields = ["q"]

    def __init__(
        self,
        data: QueryDict,
        queryset: TicketQuerySet,
        *,
        user: User,
        choices: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, queryset, **kwargs)
        self.user = user
        self.choices = choices or Choices()
        self.too_many_people = False

    @property
    def qs(self) -> TicketQuerySet:
        """Without the trash, and what is resolved, unless they are asked for."""
        tickets = super().qs
        if self.too_many_people:
            self.too_many_people = False
            self.form.add_error("requester", too_many_people())
        if self.hides_resolved:
            tickets = tickets.unsolved()
        return tickets if self.form.cleaned_data.get("trash") else tickets.present()

    @property
    def hides_resolved(self) -> bool:
        """Say whether tickets are left out that no filter one sees leaves out."""
        return not any(self.data.get(name) for name in ("status", *ABOUT_ALL))

    @property
    def makes_sense(self) -> bool:
        """Say whether there is no note beside any field. Asks who is meant where a requester is named."""
        return self.qs is not None and not self.form.errors

    # -- the address ---------------------------------------------------------------------------
    @cached_property
    def chosen(self) -> list[tuple[str, str]]:
        """The address's parameters that narrow, sort, or name a view, each value once and in one order."""
        names = (*self.filters, *BESIDE)
        return [(name, v) for name in names for v in dict.fromkeys(self.data.getlist(name)) if v]

    def query(self, *left_out: str, **instead: str) -> str:
        """Write the list's parameters without some, or with other values of them."""
        return urlencode([*self.kept(*left_out, *instead), *instead.items()])

    def kept(self, *left_out: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.chosen if name not in left_out]

    @property
    def unfiltered(self) -> str:
        """The parameters of the same list without any filter."""
        return self.query(*self.filters, "view")

    @property
    def with_resolved(self) -> str:
        """The parameters of the same list with what it leaves out."""
        return self.query(status=ALL_TICKETS)

    @property
    def beside_search(self) -> list[tuple[str, str]]:
        """What else the list is narrowed by, for the form of the search."""
        return self.kept("q")

    @property
    def to_be_saved(self) -> str:
        """The parameters of a view that shows the same, whatever is usual by then."""
        status = {"status": UNSOLVED_TICKETS} if self.hides_resolved else {}
        return self.query("view", **status)

    # -- what they look like -------------------------------------------------------------------
    @cached_property
    def chips(self) -> list[Chip]:
        """A chip for each filter that is set, and for the common ones. A query each for people and types chosen."""
        chips = [self._chip(name) for name in (*self.SHOWN, *self.MORE)]
        return [chip for chip in chips if chip.name in self.SHOWN or chip.value or chip.errors]

    @property
    def search_errors(self) -> Any:
        return self.form.errors.get("q", [])

    def in_words(self) -> list[str]:
        """Say what the list is narrowed by: "Status is Open"."""
        text = self.data.get("q")
        said = [gettext("Search is %(text)s") % {"text": text}] if text else []
        return [*said, *(chip.sentence for chip in self.chips if chip.value)]

    def menu(self, name: str) -> Menu:
        """What can be chosen for a filter, and how many tickets of the others' each choice finds: one query, bounded,
        and one for people or types.

        Raises KeyError for a filter that has no menu.
        """
        label, words = self.filters[name].label, self._codes(name)
        if name == "requester":
            words = {text: text for text in self.data.getlist(name) if text}
        counts = self._counts(name, words) if name != "requester" else {}
        names, chosen = self._parameters(name), self.data.getlist(name)
        choices = [
            Choice(
                code,
                text,
                self.query(*names, **{name: code}),
                code in chosen,
                counts.get(code, ""),
            )
            for code, text in words.items()
        ]
        kind = "period" if name in MOMENTS else "texts" if name == "requester" else "codes"
        days = (self.data.get(f"{name}_from", ""), self.data.get(f"{name}_until", ""))
        return Menu(name, label, kind, choices, self.kept(*names), self.query(*names), days)

    def _chip(self, name: str) -> Chip:
        names = self._parameters(name)
        errors = [error for one in names for error in self.form.errors.get(one, [])]
        is_set = any(self.data.get(one) for one in names)
        label, words = self.filters[name].label, self._words(name)
        chip = Chip(name, label, words, is_set, self.query(*names), errors)
        return chip._replace(verb="", pattern=_("%(filter)s %(value)s")) if name == "waiting" else chip

    def _words(self, name: str) -> str:
        """What a filter is set to: "Open or On Hold". What is none of the choices is shown as it came."""
        codes = [code for code in dict.fromkeys(self.data.getlist(name)) if code]
        if name == "status" and not codes and self.hides_resolved:
            return str(STATUSES[UNSOLVED_TICKETS])
        if name == "requester" or not codes:
            words = codes
        else:
            known = self._codes(name)
            words = [str(known.get(code) or self._unknown(code)) for code in codes]
        if name in MOMENTS and (days := self._days(name)):
            words = [*words, days]
        return any_of(words)

    @staticmethod
    def _unknown(code: str) -> str:
        # Somebody who works no tickets any more still has those assigned to them.
        return gettext("Somebody else") if whole_number(code) is not None else code

    def _days(self, name: str) -> str:
        first, last = (self.data.get(f"{name}_{end}", "") for end in ("from", "until"))
        cleaned = self.form.cleaned_data
        in_words = [
            day_in_words(value) if isinstance(value := cleaned.get(f"{name}_{end}"), date) else text
            for end, text in (("from", first), ("until", last))
        ]
        if first and last:
            return gettext("%(first)s – %(last)s") % {"first": in_words[0], "last": in_words[1]}
        if first:
            return gettext("from %(day)s") % {"day": in_words[0]}
        return gettext("until %(day)s") % {"day": in_words[1]} if last else ""

    def _codes(self, name: str) -> "Mapping[str, StrOrPromise]":
        match name:
            case "status":
                return STATUSES
            case "request_type":
                return self.choices.request_types
            case "assignee":
                return self.choices.assignees
            case "rating":
                return RATINGS
            case "waiting":
                return WAITING
            case "answered":
                return {HAS_ANSWER: pgettext("first answer", "given")}
            case "unread":
                return {UNREAD: gettext("Yes, by me")}
            case "trash":
                return {IN_TRASH: gettext("Yes, in the trash")}
        return PERIODS if name in MOMENTS else {}

    @staticmethod
    def _parameters(name: str) -> tuple[str, ...]:
        return (name, f"{name}_from", f"{name}_until") if name in MOMENTS else (name,)

    def _counts(self, name: str, codes: Iterable[str]) -> dict[str, str]:
        """How many tickets each choice finds among the newest that the other filters leave: "12", "1,000+"."""
        others = self.data.copy()
        for one in self._parameters(name):
            others.pop(one, None)
        if name == "status" or (name in ABOUT_ALL and "status" not in others):
            others["status"] = ALL_TICKETS
        if name == "trash":
            others["trash"] = IN_TRASH
        tickets = type(self)(others, self.queryset, user=self.user, choices=self.choices).qs
        newest = tickets.order_by("-updated_at", "-id").values("pk")[: MOST_COUNTED + 1]
        wanted = {f"n{place}": self._is(name, code) for place, code in enumerate(codes)}
        found = Ticket.objects.filter(pk__in=newest).aggregate(
            all=Count("pk"), **{key: Count("pk", filter=condition) for key, condition in wanted.items()}
        )
        is_cut = found.pop("all") > MOST_COUNTED
        numbers = {code: found[key] for code, key in zip(codes, wanted, strict=True)}
        return {
            code: RowCount(min(number, BOUND), has_more=number > BOUND or (is_cut and number > 0))
            for code, number in numbers.items()
        }

    # -- how they narrow -----------------------------------------------------------------------
    def filter_codes(self, tickets: TicketQuerySet, name: str, codes: list[str]) -> TicketQuerySet:
        condition = Q()
        for code in codes:
            condition |= self._is(name, code)
        return tickets if ALL_TICKETS in codes else tickets.filter(condition)

    def filter_requester(self, tickets: TicketQuerySet, name: str, texts: list[str]) -> TicketQuerySet:
        """Tickets of those with these addresses, or else of the people meant; none, and a note beside the
        field, if too many could be.
        """
        if not texts:
            return tickets
        people = list(User.objects.meant_by(*texts).values_list("pk", flat=True)[: MOST_PEOPLE + 1])
        if len(people) > MOST_PEOPLE:
            self.too_many_people = True
            return tickets.none()
        return tickets.filter(requester__in=people)

    def filter_period(self, tickets: TicketQuerySet, name: str, code: str) -> TicketQuerySet:
        return tickets.filter(self._is(name, code))

    def filter_days(self, tickets: TicketQuerySet, name: str, day: date) -> TicketQuerySet:
        moment, _under, end = name.rpartition("_")
        column = MOMENTS[moment]
        return tickets.filter(between(column, day, None) if end == "from" else between(column, None, day))

    def filter_answered(self, tickets: TicketQuerySet, name: str, wanted: bool) -> TicketQuerySet:
        return tickets.filter(self._is(name, HAS_ANSWER)) if wanted else tickets

    def filter_unread(self, tickets: TicketQuerySet, name: str, wanted: bool) -> TicketQuerySet:
        return tickets.filter(self._is(name, UNREAD)) if wanted else tickets

    def filter_trash(self, tickets: TicketQuerySet, name: str, wanted: bool) -> TicketQuerySet:
        return tickets.in_trash() if wanted else tickets

    def _is(self, name: str, code: str) -> Q:
        """What a ticket has to be for one choice of a filter."""
        match name, code:
            case "status", "all":
                return Q()
            case "status", "unsolved":
                return Q(status__in=UNSOLVED)
            case "assignee", "me":
                return Q(assignee=self.user)
            case "assignee", "nobody":
                return Q(assignee=None)
            case "assignee" | "request_type", _:
                return Q(**{f"{name}_id": int(code)})
            case "rating", _:
                return Q(score=None if code == NOT_RATED else int(code))
            case "waiting", "us":
                return UNANSWERED
            case "waiting", "answered":
                return REQUESTER_ANSWERED
            case "waiting", _:
                return Q(status=Status.ON_HOLD, hold_reason=code)
            case "answered", _:
                return Q(first_answered_at__isnull=False)
            case "unread", _:
                return Q(Exists(unseen_news_of(self.user)))
            case "trash", _:
                return Q(trashed_at__isnull=False)
            case (("opened" | "resolved"), _):
                return within(MOMENTS[name], code)
        return Q(**{name: code})


def are_unanswered(params: QueryDict) -> bool:
    """Say whether all tickets of a list with these parameters wait for an answer: the others have no moment since
    when.
    """
    waiting = set(params.getlist("waiting"))
    return bool(waiting) and waiting <= {US, ANSWERED}


def any_of(words: Iterable[str]) -> str:
    """Write what any of which will do: "Open or On Hold"."""
    said = ""
    for word in words:
        said = gettext("%(one)s or %(other)s") % {"one": said, "other": word} if said else word
    return said


def too_many_people() -> str:
    """Say that a name is too short to say who is meant."""
    return ngettext(
        "More than %(most)d person matches. Type more of the name.",
        "More than %(most)d people match. Type more of the name.",
        MOST_PEOPLE,
    ) % {"most": MOST_PEOPLE}
