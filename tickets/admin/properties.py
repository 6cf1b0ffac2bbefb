"""The properties at the side of a ticket's page, saved once they are chosen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from helpdesk.web.form_recovery import author_field, give_back

from ..errors import EditConflict, TicketError
from ..models import HoldReason, RequestType, Status, Ticket
from . import forms
from .list_context import ListContext
from .ticket_page import VerbView
from .undo import CHANGED


class PropertiesView(VerbView):
    """Saves what was changed; what others changed meanwhile is kept, and shown where both did. Without script it is
    a page of its own: a choice beside other forms would be lost when one of those is sent.
    """

    name = "properties"
    verb = "change_properties"
    form_class = forms.PropertiesForm
    template_name = "admin/tickets/ticket/properties_form.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_permitted(number)
        if not ticket.allows(self.verb):
            return self.leave_for(ticket)
        typed = give_back(request)
        return self.show(ticket, refused=self.get_form(typed, ticket) if typed else None)

    def show(
        self, ticket: Ticket, *, refused: forms.VerbForm | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        form = refused or forms.PropertiesForm(ticket=ticket, name=self.name)
        assert isinstance(form, forms.PropertiesForm)  # noqa: S101, for the type checker
        form.look_up_choices()
        context = self.get_context_data(
            title=_("Properties of %(ticket)s") % {"ticket": ticket.reference},
            ticket=ticket,
            list_context=ListContext(self.request.GET),
            author_field=author_field(self.user),
            form=form,
        )
        return self.render_to_response(context, status=status)

    def get_form(self, data: Any, ticket: Ticket) -> forms.VerbForm:
        form_class = forms.QuickChangeForm if "status" in data else forms.PropertiesForm
        return form_class(data, ticket=ticket, name=self.name)

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        status, _colon, reason = words.get("status", "").partition(":")
        ticket.change_properties(
            by=self.user,
            version=words["version"],
            assignee=words["assignee"],
            request_type=words["request_type"],
            status=status or None,
            hold_reason=reason,
        )
        # The page says what was chosen, with a way back.
        return ""

    def leave_after(self, ticket: Ticket, before: int) -> HttpResponse:
        if ticket.version == before:
            messages.info(self.request, _("Nothing was different, so nothing was saved."))
            return self.leave_for(ticket)
        if self.leads_to_list:
            messages.success(self.request, _("%(ticket)s is saved.") % {"ticket": ticket.reference})
            return self.leave_for(ticket)
        return self.leave_for(ticket, also={CHANGED: ticket.version})

    def refuse(self, form: forms.VerbForm, refusal: TicketError, ticket: Ticket) -> Any:
        if isinstance(refusal, EditConflict) and isinstance(form, forms.PropertiesForm):
            for name, value in refusal.theirs.items():
                field = name.removesuffix("_id")
                form.theirs[field] = self.in_words(field, value, ticket)
                form.add_error(field, _("This has changed since you opened it. Save again to keep yours."))
            untouched = {n.removesuffix("_id"): self.code(v) for n, v in refusal.untouched.items()}
            form.start_from(refusal.version, **untouched)
        else:
            form.add_error(None, str(refusal))
        return self.show(ticket, refused=form, status=409)

    @staticmethod
    def code(value: Any) -> str:
        """What the form's field would hold for a property's value."""
        if isinstance(value, tuple):
            return ":".join(part for part in value if part)
        return "" if value is None else str(value)

    @staticmethod
    def in_words(field: str, value: Any, ticket: Ticket) -> str:
        if field == "status":
            status, reason = value
            return str(HoldReason(reason).with_status if reason else Status(status).label)
        if field == "assignee":
            return str(ticket.assignee or _("Nobody"))
        return str(RequestType.objects.get(pk=value))
