"""One decision about many tickets: chosen in the list, looked at before it is confirmed, and its report."""

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from helpdesk.console.base import ConsolePage
from helpdesk.text.numbers import in_digits
from helpdesk.web.query_params import whole_number
from helpdesk.web.sent_once import sent_once

from ..errors import sentence_of
from ..filters.console import Choices
from ..models import BulkChange, HoldReason, Ticket, TicketQuerySet
from ..models.bulk_change import IN_ONE_REQUEST, MOST_TICKETS, REPEATS, Outcome
from .bulk_forms import AssigneeForm, RequestTypeForm, StatusForm
from .list_context import LONGEST_QUERY

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Of each group; who wants to see more has the list.
MOST_NUMBERS = 200


class Action(NamedTuple):
    """What the list offers. verb: whose right is asked before anything is chosen. form_class: None where
    nothing is to be chosen.
    """

    title: "StrOrPromise"
    verb: str
    form_class: type[AssigneeForm | StatusForm | RequestTypeForm] | None = None
    is_destructive: bool = False


ACTIONS = {
    "take": Action(_("Assign to me"), "assign"),
    "assign": Action(_("Assign"), "assign", AssigneeForm),
    "status": Action(_("Set the status"), "start", StatusForm),
    "request_type": Action(_("Set the request type"), "edit", RequestTypeForm),
    "trash": Action(_("Move to the trash"), "trash", is_destructive=True),
    "restore": Action(_("Restore from the trash"), "restore"),
}


class Group(NamedTuple):
    """Tickets that share a fate: the first of them by number and title. rest: how many more there are."""

    words: str
    size: int
    tickets: list[tuple[int, str]]
    rest: int

    @property
    def numbers(self) -> list[int]:
        return [number for number, _title in self.tickets]


class Outcomes:
    """What comes of each ticket, gathered by the words said of it."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, list[int]]] = {outcome: {} for outcome in Outcome}

    def add(self, outcome: str, words: str, number: int) -> None:
        self._numbers[outcome].setdefault(words, []).append(number)

    def for_page(self) -> dict[str, Any]:
        counts = {
            outcome: sum(len(found) for found in groups.values()) for outcome, groups in self._numbers.items()
        }
        titles = self._titles()
        return {
            "changed": self._groups(Outcome.CHANGED, titles),
            "same": self._groups(Outcome.SAME, titles),
            "refused": self._groups(Outcome.REFUSED, titles),
            "number_changed": counts[Outcome.CHANGED],
            "number_unchanged": counts[Outcome.SAME] + counts[Outcome.REFUSED],
            "done": sum(counts.values()) - counts[Outcome.WAITING],
            "is_large": sum(counts.values()) > IN_ONE_REQUEST,
        }

    def _groups(self, outcome: str, titles: dict[int, str]) -> list[Group]:
        groups = [
            Group(
                words,
                len(found),
                [(number, titles.get(number, "")) for number in found[:MOST_NUMBERS]],
                max(0, len(found) - MOST_NUMBERS),
            )
            for words, found in self._numbers[outcome].items()
        ]
        return sorted(groups, key=lambda group: -group.size)

    def _titles(self) -> dict[int, str]:
        """What the tickets that are shown are called. One query."""
        groups = [found for outcomes in self._numbers.values() for found in outcomes.values()]
        shown = [number for found in groups for number in found[:MOST_NUMBERS]]
        return dict(Ticket.objects.filter(pk__in=shown).values_list("pk", "title"))


def decision_of(change: BulkChange) -> str:
    """Say what was chosen."""
    given = change.arguments()
    match change.verb:
        case "assign":
            return gettext("Assignee: %(assignee)s") % {"assignee": given["assignee"] or gettext("Nobody")}
        case "edit":
            return gettext("Request type: %(request_type)s") % {"request_type": given["request_type"]}
        case "trash":
            return gettext("Into the trash: their requesters will no longer see them")
        case "restore":
            return gettext("Back from the trash, as they were")
    return gettext("Status: %(status)s") % {"status": StatusForm.STATUSES[status_code(change)]}


def state_of(ticket: Ticket, verb: str) -> str:
    """Say how what would change is now."""
    if verb == "assign":
        return str(ticket.assignee or gettext("Nobody"))
    if verb == "edit":
        return str(ticket.request_type)
    if ticket.hold_reason:
        return str(HoldReason(ticket.hold_reason).with_status)
    return ticket.get_status_display()


def status_code(change: BulkChange) -> str:
    reason = change.values.get("reason")
    return f"{change.verb}:{reason}" if reason else change.verb


def chosen_so_far(change: BulkChange) -> dict[str, Any]:
    """What the form for another choice starts from."""
    if not change.verb:
        return {"assignee": change.by_id}
    return {"status": status_code(change), **change.values}


class BulkPage(ConsolePage):
    """Forms and answers for one's own bulk changes; anybody else's is a 404."""

    http_method_names = ["post", "options"]

    def get_change(self, pk: int) -> BulkChange:
        """With the reader as the one who acts, whose rights are read already."""
        change = get_object_or_404(BulkChange, by=self.user, pk=pk)
        change.by = self.user
        return change

    def require(self, action: Action) -> None:
        """Raise PermissionDenied for those who may not do this to other people's tickets."""
        if not Ticket.VERBS[action.verb].rule(self.user, Ticket()):
            raise PermissionDenied

    def go_to(self, change: BulkChange) -> HttpResponse:
        return redirect("admin:tickets_bulk_change", change.pk)

    def list_address(self, query: str) -> str:
        address = reverse("admin:tickets_ticket_changelist")
        return f"{address}?{query}" if query else address


class PlanView(BulkPage):
    """Takes `action`, or `assign_to` with a colleague's id; and `number` of each ticket or `all` with the list's
    parameters in `list`.
    """

    def post(self, request: HttpRequest) -> HttpResponse:
        name = "assign" if "assign_to" in request.POST else request.POST.get("action", "")
        action = ACTIONS.get(name)
        query = QueryDict(request.POST.get("list", "")[:LONGEST_QUERY]).urlencode()
        if action is None:
            return redirect(self.list_address(query))
        self.require(action)
        tickets = self.chosen(QueryDict(query))
        if not tickets.exists():
            messages.warning(request, gettext("Select at least one ticket first."))
            return redirect(self.list_address(query))
        chosen = BulkChange.objects.chosen(tickets)
        with sent_once(request) as sending:
            change = BulkChange.objects.plan(chosen, by=self.user, action=name, list_query=query)
            if action.form_class is None:
                values = {"assignee": self.user.pk} if action.verb == "assign" else {}
                change.choose(action.verb, **values)
            # Whoever may not be chosen is chosen on the next page, which says so.
            if (form := self.chosen_colleague()) is not None and form.is_valid():
                verb, values = form.decision()
                change.choose(verb, **values)
            sending.leads_to(self.go_to(change))
        return self.go_to(change)

    def chosen_colleague(self) -> AssigneeForm | None:
        if "assign_to" not in self.request.POST:
            return None
        return AssigneeForm({"assignee": self.request.POST["assign_to"]})

    def chosen(self, query: QueryDict) -> TicketQuerySet[Ticket]:
        tickets = Ticket.objects.visible_to(self.user)
        if "all" in self.request.POST:
            return self.model_admin.narrowed(query, self.user)
        numbers = (whole_number(text) for text in self.request.POST.getlist("number"))
        return tickets.filter(pk__in={number for number in numbers if number is not None}).order_by("-pk")


class ColleaguesView(BulkPage):
    """Whom the ticked tickets can be handed to, as HTML: what the list's menu shows once it is opened."""

    http_method_names = ["get", "head", "options"]
    template_name = "admin/tickets/ticket/_bulk_colleagues.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.require(ACTIONS["assign"])
        return self.render_to_response({"people": Choices().colleagues})


class BulkChangeView(BulkPage):
    """Before it is confirmed: the choice and what it would do. Then: how far it is, and what came of it."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/tickets/ticket/bulk_change.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(self.get_change(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose what is to be done; it is shown, not done."""
        change = self.get_change(pk)
        action = ACTIONS[change.action]
        self.require(action)
        if change.confirmed_at or action.form_class is None:
            return self.go_to(change)
        form = action.form_class(request.POST)
        if not form.is_valid():
            return self.show(change, form)
        verb, values = form.decision()
        change.choose(verb, **values)
        return self.go_to(change)

    def show(self, change: BulkChange, form: forms.Form | None = None, *, status: int = 200) -> HttpResponse:
        action = ACTIONS[change.action]
        number = change.steps.count()
        more = self.report(change) if change.confirmed_at else self.preview(change, form)
        context = self.get_context_data(
            title=ngettext("%(action)s: %(number)s ticket", "%(action)s: %(number)s tickets", number)
            % {"action": action.title, "number": in_digits(number)},
            action=action,
            change=change,
            number=number,
            most_tickets=MOST_TICKETS,
            back=self.list_address(change.list_query),
            **more,
        )
        return self.render_to_response(context, status=status)

    def preview(self, change: BulkChange, form: forms.Form | None) -> dict[str, Any]:
        action = ACTIONS[change.action]
        if form is None and action.form_class is not None:
            form = action.form_class(initial=chosen_so_far(change))
        if not change.verb:
            if form is not None:
                # Where one begins.
                next(iter(form.fields.values())).widget.attrs["data-focus"] = True
            return {"form": form}
        fates, repeated = Outcomes(), change.repeated()
        if isinstance(form, StatusForm):
            form.repeated = repeated or change.is_sure
        for ticket, outcome, reason in change.preview(repeated):
            sentence = sentence_of(reason) if reason else state_of(ticket, change.verb)
            if reason == REPEATS:
                sentence = gettext(
                    "The requester would read a sentence of an internal note: “%(sentence)s”"
                ) % {"sentence": repeated[ticket.pk]}
            fates.add(outcome, sentence, ticket.pk)
        return {"form": form, "decision": decision_of(change), **fates.for_page()}

    def report(self, change: BulkChange) -> dict[str, Any]:
        steps, fates = change.steps.order_by("pk").values_list("outcome", "reason", "ticket_id"), Outcomes()
        for outcome, reason, number in steps:
            fates.add(outcome, sentence_of(reason), number)
        return {"decision": decision_of(change), **fates.for_page()}


class ConfirmView(BulkPage):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = self.get_change(pk)
        self.require(ACTIONS[change.action])
        if request.POST.get("code") != change.code:
            messages.warning(
                request, gettext("You have chosen something else in the meantime. Check it again.")
            )
            return self.go_to(change)
        change.confirm()
        if change.steps.count() <= IN_ONE_REQUEST:
            change.work()
        return self.go_to(change)


class CarryOnView(BulkPage):
    """For one that stands still, because the process that worked on it ended."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = self.get_change(pk)
        change.carry_on()
        return self.go_to(change)
