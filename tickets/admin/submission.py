"""A ticket somebody asked for by telephone or at the desk, written down by an admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.console.base import ConsolePage
from helpdesk.web.form_recovery import author_field, give_back
from helpdesk.web.sent_once import sent_once

from .. import permissions
from ..errors import TicketError
from ..forms import TitleField, WordsField
from ..models import RequestType, Ticket
from ..text.validators import DESCRIPTION_RULES

MOST_NAMES = 5


class SubmissionForm(forms.Form):
    requester = forms.CharField(
        max_length=254,
        label=_("Requester"),
        help_text=_("Their address, or enough of the name that only one person can be meant."),
        error_messages={"required": _("Say whose ticket this is.")},
    )
    title = TitleField(label=_("Title"))
    request_type = forms.ModelChoiceField(
        queryset=RequestType.objects.filter(is_active=True),
        label=_("Request type"),
        empty_label=_("Choose one"),
    )
    description = WordsField(label=_("Description"), rows=8, validators=DESCRIPTION_RULES)
    take = forms.BooleanField(required=False, label=_("Assign it to me"))
    # Names this copy of the form; the page draws it.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_requester(self) -> User:
        """The one active person meant."""
        text = self.cleaned_data["requester"].strip()
        active = User.objects.active()
        people = list(active.meant_by(text).order_by("last_name", "first_name", "pk")[: MOST_NAMES + 1])
        if len(people) == 1:
            return people[0]
        if not people:
            raise ValidationError(gettext("Nobody with an active account has this name or address."))
        named = ", ".join(f"{person} ({person.email})" for person in people[:MOST_NAMES])
        raise ValidationError(
            gettext("Several people could be meant: %(people)s. Type the address."), params={"people": named}
        )


class SubmissionPage(ConsolePage):
    template_name = "admin/tickets/ticket/add_form.html"
    recovers_form = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not (permissions.may_submit(self.user) and self.user.can_work_tickets):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = give_back(request)
        initial = {"requester": request.GET.get("requester", "")[:254]}
        return self.show(SubmissionForm(typed) if typed else SubmissionForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SubmissionForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            with sent_once(request) as sending:
                ticket = self.submit(form.cleaned_data)
                sending.leads_to(self.page_of(ticket))
        except TicketError as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409)
        messages.success(
            request,
            gettext("%(ticket)s is opened for %(requester)s.")
            % {"ticket": ticket.reference, "requester": ticket.requester},
        )
        return self.page_of(ticket)

    @staticmethod
    def page_of(ticket: Ticket) -> HttpResponse:
        return redirect("admin:tickets_ticket_change", ticket.pk)

    def submit(self, typed: dict[str, Any]) -> Ticket:
        words = {name: typed[name] for name in ("title", "request_type", "description")}
        ticket = Ticket.submit(**words, requester=typed["requester"], by=self.user)
        if typed["take"]:
            ticket.take(by=self.user)
        return ticket

    def show(self, form: SubmissionForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=gettext("New ticket"), form=form, author_field=author_field(self.user)
        )
        return self.render_to_response(context, status=status)
