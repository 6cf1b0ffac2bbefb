"""One ticket in the console: what is known, what happened, and a form for each verb open to the reader."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from helpdesk.console.base import ConsolePage
from helpdesk.web.form_recovery import author_field, give_back
from helpdesk.web.sent_once import sent_once

from ..errors import EditConflict, NotAllowed, TicketError
from ..models import AfterSolving, HoldReason, Presence, Ticket
from ..notifications.read_state import is_subscribed, read_along
from ..timeline import WHOLE, first_shown, newest_seen, timeline_of
from . import forms
from .composer import begun_message
from .list_context import ListContext
from .page_people import PagePeople
from .undo import last_choice

FORMS: dict[str, type[forms.VerbForm]] = {
    "assign": forms.AssignForm,
    "take": forms.PlainForm,
    "start": forms.StatusForm,
    "hold": forms.HoldForm,
    "resolve": forms.ResolveForm,
    "close": forms.VerbForm,
    "reopen": forms.ReopenForm,
    "restore": forms.PlainForm,
    "message": forms.MessageForm,
    "properties": forms.PropertiesForm,
}
# With everything the page shows of its row.
TICKETS = Ticket.objects.select_related("requester", "assignee", "request_type").with_rating()
# Statuses with an assignee: a ticket nobody has becomes theirs who set one of these.
NEED_ASSIGNEE = frozenset({"start", "hold", "resolve"})


class TicketPage(ConsolePage):
    template_name = "admin/tickets/ticket/change_form.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        read_along(request, ticket, self.user)
        return self.show(ticket)

    def get_ticket(self, number: int) -> Ticket:
        """Read the ticket with everything the page shows of its row."""
        tickets = TICKETS.visible_to(self.user).with_attention_of(self.user).with_choice_of(self.user)
        return get_object_or_404(tickets, pk=number)

    def show(
        self, ticket: Ticket, *, refused: forms.VerbForm | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Show the page. refused: a form that was not accepted, shown with what was typed and why.

        more: seen, the version after which everything is marked as new; is_preview, to show how the
        message in `refused` would look.
        """
        offered = self.get_offered(ticket)
        verb_forms = self.get_forms(ticket, offered)
        begun = begun_message(ticket, self.request)
        if isinstance(message := verb_forms.get("message"), forms.MessageForm):
            message.initial.update(begun)
            if refused is None or refused.name != "message":
                message.bring_of(self.user, self.request)
        if refused is not None:
            verb_forms[refused.name] = refused
        state = self.get_state(ticket, verb_forms, offered)
        undo = None if refused else last_choice(self.request, ticket, state["timeline"])
        live = {
            "seen": more.get("seen") or ticket.version,
            "first": state["timeline"].first,
            **ListContext(self.request.GET).params,
        }
        context = self.get_context_data(
            **state,
            title=ticket.title,
            subtitle=ticket.reference,
            refused=refused,
            undo=undo,
            **more,
            begun=begun,
            live_src=f"{reverse('admin:tickets_ticket_live', args=[ticket.pk])}?{urlencode(live)}",
        )
        return self.render_to_response(context, status=status)

    def get_offered(self, ticket: Ticket) -> frozenset[str]:
        """Name the forms open to the reader now."""
        offered = ticket.verbs_open_to(self.user)
        if ticket.assignee_id is None and "assign" not in offered:
            offered -= NEED_ASSIGNEE
        if "note" in offered:
            offered |= {"message"}
        if "change_properties" in offered:
            offered |= {"properties"}
        if "assign" in offered and ticket.assignee_id is None:
            offered |= {"take"}
        return offered

    def get_forms(self, ticket: Ticket, names: frozenset[str]) -> dict[str, forms.VerbForm]:
        found = {
            name: form_class(ticket=ticket, name=name)
            for name, form_class in FORMS.items()
            # Among the properties there is the assignee; its own form is shown where it was refused.
            if name in names and name != "assign"
        }
        if isinstance(form := found.get("resolve"), forms.ResolveForm):
            form.offer_next(ticket.after_solving, has_list=ListContext(self.request.GET).is_known)
        return found

    def get_state(
        self, ticket: Ticket, verb_forms: dict[str, forms.VerbForm], offered: frozenset[str]
    ) -> dict[str, Any]:
        """Answer how the ticket is now, by name."""
        page, list_context = (
            reverse("admin:tickets_ticket_change", args=[ticket.pk]),
            ListContext(self.request.GET),
        )
        presences = Presence.objects.others(self.user, ticket)
        people = PagePeople(ticket, presences)
        timeline = timeline_of(ticket, self.user, people, first=first_shown(self.request))
        if isinstance(shown := verb_forms.get("properties"), forms.PropertiesForm):
            shown.list_choices(people.possible_assignees, people.possible_types)
        return {
            "ticket": ticket,
            "forms": verb_forms,
            "offered": offered,
            "timeline": timeline,
            "presences": presences,
            "author_field": author_field(self.user),
            "is_subscribed": is_subscribed(self.user, ticket),
            "feedback": getattr(ticket, "rating", None),
            "list_context": list_context,
            "whole_history": f"{page}?{'&'.join(filter(None, [WHOLE, urlencode(list_context.params)]))}",
        }

    @property
    def leads_to_list(self) -> bool:
        """Say whether the form was sent from a row of the list."""
        return self.request.GET.get("to") == "list"

    def leave_for(
        self, ticket: Ticket, *, anchor: str = "", also: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Back to its page, which still knows the list it was opened from; or to that list, where it was asked for
        from a row of it.

        anchor: of an entry there. also: what its address says beside the list; None for nothing.
        """
        if self.leads_to_list:
            return redirect(ListContext(self.request.GET).list_address)
        page = reverse("admin:tickets_ticket_change", args=[ticket.pk])
        query = urlencode({**ListContext(self.request.GET).params, **(also or {})})
        return redirect(f"{page}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}")

    def go_on_from(self, ticket: Ticket) -> HttpResponse:
        """Leave a ticket that is done, for where the reader wants to go on then."""
        list_context, wanted = ListContext(self.request.GET), ticket.after_solving
        if self.leads_to_list:
            return self.leave_for(ticket)
        if wanted == AfterSolving.LIST and list_context.is_known:
            return redirect(list_context.list_address)
        if wanted == AfterSolving.NEXT and list_context.is_known:
            neighbours = reverse("admin:tickets_ticket_neighbours", args=[ticket.pk])
            return redirect(f"{neighbours}{list_context.query}&go=next")
        return self.leave_for(ticket)


class TicketLivePage(TicketPage):
    """The parts of the open page that may have changed; not the composer, which is being used."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        # Asked for by a page somebody has before their eyes.
        read_along(request, ticket, self.user)
        offered = self.get_offered(ticket)
        shown = self.get_forms(ticket, offered - {"message"})
        state = self.get_state(ticket, shown, offered)
        return self.render_to_response({**state, "seen": newest_seen(request), "live": True})


class VerbView(TicketPage):
    """A verb, as a POST to its own address. Refused: the ticket's page again, with what was typed, why
    not, and the ticket as it is now; the next try then starts from that.
    """

    http_method_names = ["get", "head", "post", "options"]
    recovers_form = True
    name: ClassVar[str]
    # Whose rule is asked, where it is not the name's.
    verb: ClassVar[str] = ""
    form_class: ClassVar[type[forms.VerbForm] | None] = None

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        """Use the verb and answer a sentence about what is done, "" for none. words: the form's cleaned data."""
        raise NotImplementedError

    def leave_after(self, ticket: Ticket, before: int) -> HttpResponse:
        """Lead on when the verb was used. before: the ticket's version then."""
        return self.leave_for(ticket)

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show the ticket's page: with what was typed, if the session ended before it was sent."""
        ticket = self.get_permitted(number)
        typed = give_back(request)
        if not typed:
            return self.leave_for(ticket)
        return self.show(ticket, refused=self.get_form(typed, ticket))

    def get_form(self, data: Any, ticket: Ticket) -> forms.VerbForm:
        return (self.form_class or FORMS[self.name])(data, ticket=ticket, name=self.name)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_permitted(number)
        form = self.get_form(request.POST, ticket)
        if not form.is_valid():
            return self.show(ticket, refused=form)
        try:
            with sent_once(request) as sending:
                before, done = ticket.version, self.act(ticket, form.cleaned_data)
                answer = self.leave_after(ticket, before)
                sending.leads_to(answer)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except TicketError as refusal:
            return self.refuse(form, refusal, self.get_ticket(number))
        if done:
            messages.success(request, done)
        return answer

    def get_permitted(self, number: int) -> Ticket:
        ticket = self.get_ticket(number)
        if not ticket.VERBS[self.verb or self.name].rule(self.user, ticket):
            raise PermissionDenied
        return ticket

    def refuse(self, form: forms.VerbForm, refusal: TicketError, ticket: Ticket) -> HttpResponse:
        if isinstance(refusal, EditConflict):
            form.add_error(None, conflict_sentence(refusal, ticket))
            form.start_from(refusal.version)
        else:
            form.add_error(None, str(refusal))
        return self.show(ticket, refused=form, status=409)


def conflict_sentence(conflict: EditConflict, ticket: Ticket) -> str:
    """Say what a decision on status or assignee did not know, and how it is now."""
    if "assignee_id" in conflict.theirs:
        if ticket.assignee is None:
            return _(
                "The assignee has changed since you opened it: nobody now. Nothing was saved; please decide again."
            )
        return _(
            "The assignee has changed since you opened it: %(assignee)s now. Nothing was saved; please decide again."
        ) % {"assignee": ticket.assignee}
    if ticket.hold_reason:
        return _(
            "The status has changed since you opened it: On Hold, %(reason)s, now. "
            "Nothing was saved; please decide again."
        ) % {"reason": HoldReason(ticket.hold_reason).in_sentence}
    return _(
        "The status has changed since you opened it: %(status)s now. Nothing was saved; please decide again."
    ) % {"status": ticket.get_status_display()}
