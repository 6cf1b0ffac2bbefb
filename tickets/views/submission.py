"""Create Ticket."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.views.rate_limited import LimitedForm
from helpdesk.web.form_recovery import FormRecoveryMixin
from helpdesk.web.sent_once import sent_once

from ..errors import TicketError
from ..forms import SubmitForm
from ..models import SubmissionDraft, Ticket
from ..uploads.form_keys import new_key
from ..uploads.pending import WaitingFiles
from ..work_limits import TICKETS, TOO_MANY_TICKETS
from .files import CountsFiles, RemovesFile


class SubmitView(LimitedForm, RemovesFile, FormRecoveryMixin, CountsFiles, FormView):
    template_name = "tickets/submit.html"
    form_class = SubmitForm

    def get_initial(self) -> dict[str, Any]:
        # What was typed before the session ended is younger.
        draft = None if self._typed_before else self.draft
        begun: dict[str, Any] = {}
        if draft:
            begun = {"title": draft.title, "description": draft.description}
            begun["request_type"] = draft.request_type_id
            # Its files wait for the form it was typed into.
            begun |= {"token": draft.token} if draft.token else {}
        return {**super().get_initial(), **begun}

    @cached_property
    def draft(self) -> SubmissionDraft | None:
        """What comes back when the page is opened again."""
        return SubmissionDraft.objects.of(self.user) if self.request.method == "GET" else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_restored = bool(self.draft) and not self._typed_before
        return super().get_context_data(is_restored=is_restored, **kwargs)

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> Any:
        form = super().get_form(form_class)
        try:
            token = uuid.UUID(str(form["token"].value()))
        except ValueError:
            # What comes with such a form still gets its error, or goes with the ticket.
            token = uuid.uuid4()
        files = WaitingFiles(self.user, new_key(token), count_file=self.count_file)
        files.take_in(self.request)
        form.bring(files, sent=files)
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user = self.user
        if not self.count_try(form, TICKETS, str(TOO_MANY_TICKETS), str(user.pk)):
            return self.form_invalid(form)
        words = {name: form.cleaned_data[name] for name in ("title", "request_type", "description")}
        try:
            with sent_once(self.request) as sending:
                files = form.sent.uploads  # type: ignore[attr-defined]
                ticket = Ticket.submit(**words, requester=user, by=user, files=files)
                SubmissionDraft.objects.forget(
                    form.cleaned_data["draft"],
                    title=words["title"],
                    description=words["description"],
                    by=user,
                )
                sending.leads_to(ticket.get_absolute_url())
        except TicketError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(
            self.request,
            _("%(ticket)s has been submitted. You can follow it on this page.")
            % {"ticket": ticket.reference},
        )
        return redirect(ticket)
