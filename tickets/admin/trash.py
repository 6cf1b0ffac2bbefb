"""Deleting a ticket: into the trash after a confirmation, and back."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..errors import TicketError
from ..events import Kind
from ..models import Attachment, Ticket
from . import forms
from .list_context import ListContext
from .ticket_page import VerbView


class TrashView(VerbView):
    name = verb = "trash"
    template_name = "admin/tickets/ticket/delete_confirmation.html"
    form_class = forms.TrashForm

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_permitted(number)
        if not ticket.allows(self.verb):
            return self.leave_for(ticket)
        return self.show(ticket)

    def show(
        self, ticket: Ticket, *, refused: forms.VerbForm | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        form = refused or forms.TrashForm(ticket=ticket, name=self.name)
        context = self.get_context_data(
            title=_("Delete %(ticket)s?") % {"ticket": ticket.reference},
            ticket=ticket,
            list_context=ListContext(self.request.GET),
            form=form,
            feedback=getattr(ticket, "rating", None),
            **self.what_goes(ticket),
        )
        return self.render_to_response(context, status=status)

    @staticmethod
    def what_goes(ticket: Ticket) -> dict[str, Any]:
        """Count what the ticket holds. Two queries."""
        kept = Attachment.objects.filter(event__ticket=ticket).exclude(salt="")
        return {
            "events": ticket.events.aggregate(
                all=Count("pk"),
                replies=Count("pk", filter=Q(kind=Kind.REPLIED)),
                notes=Count("pk", filter=Q(kind=Kind.NOTED)),
            ),
            "files": kept.aggregate(number=Count("pk"), size=Sum("size")),
        }

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.trash(by=self.user)
        return _("%(ticket)s is in the trash. Its page can bring it back.") % {"ticket": ticket.reference}

    def refuse(self, form: forms.VerbForm, refusal: TicketError, ticket: Ticket) -> HttpResponse:
        form.add_error(None, str(refusal))
        return self.show(ticket, refused=form, status=409)


class RestoreView(VerbView):
    name = "restore"

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        ticket.restore(by=self.user)
        return _("%(ticket)s is back.") % {"ticket": ticket.reference}
