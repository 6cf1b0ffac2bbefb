"""The requester writes to those who work the ticket, on the ticket's own page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.views.rate_limited import LimitedForm

from ..errors import ReplyConflict, TicketError
from ..forms import ReplyForm
from ..work_limits import REPLIES, TOO_MANY_REPLIES
from .base import TicketActionView
from .files import RemovesFile
from .ticket import TicketPageMixin


class ReplyView(LimitedForm, RemovesFile, TicketPageMixin, TicketActionView):
    template_name = "tickets/ticket.html"
    form_class = ReplyForm
    verb = "reply"
    done_message = _("Your reply is sent.")

    # The number of the event after which everything is marked as new on the page.
    seen: int | None = None

    def get_initial(self) -> dict[str, Any]:
        # What was typed before the session ended wins, with the version it started from.
        return {"version": self.ticket.number_for(self.user), **super().get_initial()}

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> Any:
        return self.with_files(super().get_form(form_class))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if "preview" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, is_preview=True))
        if not self.count_try(form, REPLIES, str(TOO_MANY_REPLIES), str(self.user.pk)):
            return self.form_invalid(form)
        return super().form_valid(form)

    def act(self, form: forms.Form) -> None:
        typed, files = form.cleaned_data, form.sent.uploads  # type: ignore[attr-defined]
        seen = typed["version"]
        version = None if seen is None else self.ticket.version_after(seen, self.user)
        self.ticket.reply(typed["text"], by=self.user, files=files, version=version, draft=typed["draft"])

    def refuse(self, form: forms.Form, error: TicketError | ValidationError) -> None:
        if isinstance(error, ReplyConflict):
            self.seen = form.cleaned_data["version"]
            form.is_outdated = True  # type: ignore[attr-defined]
            form.data = {**dict(form.data.items()), "version": str(self.ticket.number_for(self.user))}
        super().refuse(form, error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self._typed_before:
            # A draft is older than what was to be sent.
            kwargs.setdefault("form", self.get_form())
        return super().get_context_data(seen=self.seen, **kwargs)
