"""What an admin writes along a ticket: to its requester, or to colleagues."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..errors import ReplyConflict, TicketError, WrongStatus
from ..models import Status, Ticket
from ..uploads.pending import REMOVE, WaitingFiles
from . import forms
from .ticket_page import VerbView


class MessageView(VerbView):
    """Sends, or shows how it would look. Refused: the page again with what was typed, and what is new."""

    name = "message"
    verb = "reply"
    sent: WaitingFiles
    # Whether the message ends the work on the ticket.
    is_last = False

    def get_form(self, data: Any, ticket: Ticket) -> forms.MessageForm:
        form = forms.MessageForm(data, ticket=ticket, name=self.name)
        self.sent = form.bring_of(self.user, self.request)
        return form

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if REMOVE in request.POST:
            ticket = self.get_permitted(number)
            form = self.get_form(request.POST, ticket)
            form.lay_aside()
            return self.show(ticket, refused=form)
        if "preview" in request.POST:
            ticket = self.get_permitted(number)
            form = self.get_form(request.POST, ticket)
            return self.show(ticket, refused=form, is_preview="text" not in form.errors)
        return super().post(request, number)

    def act(self, ticket: Ticket, words: dict[str, Any]) -> str:
        files = self.sent.uploads
        try:
            if words["visibility"] == forms.NOTE:
                ticket.note(words["text"], by=self.user, files=files, draft=words["draft"])
                return _("Your note is saved. %(requester)s does not see it.") % {
                    "requester": ticket.requester
                }
            then, _colon, reason = words["then"].partition(":")
            self.is_last = then in (Status.RESOLVED, Status.CLOSED)
            ticket.reply(
                words["text"],
                by=self.user,
                then=then,
                hold_reason=reason,
                take=words["take"],
                files=files,
                version=words["version"],
                draft=words["draft"],
            )
        except ValidationError as error:
            raise WrongStatus(" ".join(error.messages)) from error
        return _("Your reply to %(requester)s is sent.") % {"requester": ticket.requester}

    def leave_after(self, ticket: Ticket, before: int) -> HttpResponse:
        if self.is_last:
            return self.go_on_from(ticket)
        # Of a page for those who see everything: events are counted as versions are.
        return self.leave_for(ticket, anchor=f"e{ticket.version}")

    def refuse(self, form: forms.VerbForm, refusal: TicketError, ticket: Ticket) -> HttpResponse:
        if not isinstance(refusal, ReplyConflict):
            return super().refuse(form, refusal, ticket)
        form.add_error(None, str(refusal))
        seen = form.cleaned_data["version"]
        assert isinstance(form, forms.MessageForm)  # noqa: S101, for the type checker
        form.is_outdated = True
        form.start_from(refusal.version)
        return self.show(ticket, refused=form, seen=seen, status=409)
