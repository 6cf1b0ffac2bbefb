"""Editing what a ticket says, beside others who do the same."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from helpdesk.web.form_recovery import author_field, give_back

from ..errors import EditConflict, TicketError
from ..models import Ticket
from . import forms
from .list_context import ListContext
from .ticket_page import VerbView


class EditView(VerbView):
    name = "edit"
    template_name = "admin/tickets/ticket/edit_form.html"
    form_class = forms.EditForm

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_permitted(number)
        if not ticket.allows(self.verb or self.name):
            return self.leave_for(ticket)
        typed = give_back(request)
        return self.show(ticket, refused=self.get_form(typed, ticket) if typed else None)

    def show(
        self, ticket: Ticket, *, refused: forms.VerbForm | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = self.get_context_data(
            title=_("Edit %(ticket)s") % {"ticket": ticket.reference},
            ticket=ticket,
            list_context=ListContext(self.request.GET),
            author_field=author_field(self.user),
            form=refused or forms.EditForm(ticket=ticket, name=self.name),
        )
        return self.render_to_response(context, status=status)

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.edit(by=self.user, **words)
        return _("%(ticket)s is saved.") % {"ticket": ticket.reference}

    def refuse(self, form: forms.VerbForm, refusal: TicketError, ticket: Ticket) -> HttpResponse:
        if isinstance(refusal, EditConflict) and isinstance(form, forms.EditForm):
            self.show_theirs(form, refusal, ticket)
        else:
            form.add_error(None, str(refusal))
        return self.show(ticket, refused=form, status=409)

    @staticmethod
    def show_theirs(form: forms.EditForm, conflict: EditConflict, ticket: Ticket) -> None:
        """Put what others wrote beside each field in conflict; take over what the sender left alone."""
        for column in conflict.theirs:
            name = column.removesuffix("_id")
            form.theirs[name] = str(getattr(ticket, name))
            form.add_error(name, _("This has changed since you opened it. Save again to keep yours."))
        untouched = {column.removesuffix("_id"): str(value) for column, value in conflict.untouched.items()}
        form.start_from(conflict.version, **untouched)
