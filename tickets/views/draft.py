"""Keeping what somebody is typing under a ticket, while they type."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from ..events import Kind
from ..forms import WordsField
from ..models import Draft, Visibility
from ..models.draft import keeping_drafts_of
from ..permissions import is_requester, may_work
from ..text.validators import TEXT_LENGTH
from .base import TicketMixin

SENT_AS = {Visibility.REPLY: Kind.REPLIED, Visibility.NOTE: Kind.NOTED}


class DraftForm(forms.Form):
    """version: the number of the newest event the page showed, if the page says so."""

    visibility = forms.ChoiceField(choices=Visibility)
    text = WordsField(required=False, strip=False, max_length=TEXT_LENGTH)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class DraftView(TicketMixin, View):
    """Takes a draft by POST; answers when it was saved, as JSON. An empty text forgets it.

    Whether the ticket still takes a reply is asked when it is sent: what is typed is kept meanwhile.
    """

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = DraftForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        visibility = form.cleaned_data["visibility"]
        if not self._may_write(visibility):
            return JsonResponse({"errors": {"visibility": [_("You may not write this.")]}}, status=403)
        text = form.cleaned_data["text"]
        with keeping_drafts_of(self.user):
            if self._is_sent(visibility, text, form.cleaned_data["version"]):
                return JsonResponse({"errors": {"text": [_("You have sent this already.")]}}, status=409)
            draft = Draft.objects.keep(text, ticket=self.ticket, visibility=visibility, by=self.user)
        return JsonResponse({"saved_at": draft.updated_at if draft else None})

    def _may_write(self, visibility: str) -> bool:
        return may_work(self.user, self.ticket) or (
            visibility == Visibility.REPLY and is_requester(self.user, self.ticket)
        )

    def _is_sent(self, visibility: str, text: str, version: int | None) -> bool:
        """Say whether this text went out after the page was shown: a save that comes late must not bring it
        back as a draft.
        """
        if version is None:
            return False
        seen = self.ticket.version_after(version, self.user)
        sent = self.ticket.events.filter(
            version__gt=seen, kind=SENT_AS[Visibility(visibility)], actor=self.user
        )
        return any(Draft(text=text).is_part_of(event.text) for event in sent.prefetch_related("messages"))
