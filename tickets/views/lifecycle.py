"""What a requester may do with a ticket's status: withdraw and reopen. Each asks once, on its own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..forms import ReasonForm
from .base import TicketActionView


class WithdrawView(TicketActionView):
    template_name = "tickets/withdraw.html"
    form_class = ReasonForm
    verb = "withdraw"
    done_message = _("%(ticket)s is withdrawn.")

    def act(self, form: forms.Form) -> None:
        self.ticket.withdraw(by=self.user, text=form.cleaned_data["text"])


class ReopenView(TicketActionView):
    template_name = "tickets/reopen.html"
    form_class = ReasonForm
    verb = "reopen"
    done_message = _("%(ticket)s is open again.")

    def act(self, form: forms.Form) -> None:
        self.ticket.reopen(by=self.user, text=form.cleaned_data["text"])
