"""Create Ticket."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from accounts.typed_text import KeepsTypedText

from ..errors import TicketError
from ..forms import SubmitForm, form_key
from ..models import Ticket
from .signed_in import SignedInMixin


class SubmitView(KeepsTypedText, SignedInMixin, FormView):
    template_name = "tickets/submit.html"
    form_class = SubmitForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user = self.user
        words = {name: form.cleaned_data[name] for name in ("title", "request_type", "description")}
        try:
            token = form.cleaned_data["token"]
            key = form_key(user, token, **words) if token else None
            ticket = Ticket.submit(**words, requester=user, by=user, key=key)
        except TicketError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, f"{ticket.reference} is with us. You can follow it on this page.")
        return redirect(ticket)
