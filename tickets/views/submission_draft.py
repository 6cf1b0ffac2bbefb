"""Keeping a ticket that somebody begins to write, while they type; and throwing it away."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from ..forms import WordsField
from ..models import RequestType, SubmissionDraft, Ticket, Upload
from ..models.draft import keeping_drafts_of
from ..permissions import may_submit
from ..text.validators import TEXT_LENGTH, TITLE_LENGTH
from ..uploads.form_keys import new_key
from .base import SignedInMixin

# A save that is on its way when the ticket is sent arrives within it.
LATE = timedelta(minutes=1)


class SubmissionDraftForm(forms.Form):
    """What stands in the form, finished or not. token: the form's."""

    title = WordsField(required=False, max_length=TITLE_LENGTH)
    request_type = forms.ModelChoiceField(RequestType.objects.all(), required=False)
    description = WordsField(required=False, max_length=TEXT_LENGTH)
    token = forms.UUIDField(required=False)


class SubmissionDraftView(SignedInMixin, View):
    """Takes the draft by POST; answers when it was saved, as JSON. An empty one forgets it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SubmissionDraftForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        if not may_submit(self.user):
            return JsonResponse({"errors": {"title": [_("You may not create tickets.")]}}, status=403)
        typed = form.cleaned_data
        with keeping_drafts_of(self.user):
            if self._is_sent(typed["title"], typed["description"]):
                return JsonResponse({"errors": {"title": [_("You have sent this already.")]}}, status=409)
            draft = SubmissionDraft.objects.keep(**typed, by=self.user)
        return JsonResponse({"saved_at": draft.updated_at if draft else None})

    def _is_sent(self, title: str, description: str) -> bool:
        """Say whether this went out a moment ago: a save that comes late must not bring it back as a draft."""
        if not (title.strip() and description.strip()):
            return False
        begun = SubmissionDraft(title=title, description=description)
        theirs = Ticket.objects.requested_by(self.user).filter(created_at__gt=timezone.now() - LATE)
        return any(begun.is_part_of(ticket.title, ticket.description) for ticket in theirs[:10])


class DiscardSubmissionDraftView(SignedInMixin, View):
    """Throws the draft away, with the files that wait for it, and leads to an empty form. "draft" is the token of the
    one that was shown: what was written in another window since is kept.
    """

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        draft = SubmissionDraft.objects.of(self.user)
        if draft is None:
            return redirect("ticket_create")
        if draft.token and str(draft.token) != request.POST.get("draft", ""):
            messages.info(request, _("You have written something newer in another window. It is kept."))
            return redirect("ticket_create")
        draft.delete()
        if draft.token:
            for upload in Upload.objects.filter(owner=self.user, form=new_key(draft.token)):
                upload.remove()
        messages.success(request, _("Your draft is discarded."))
        return redirect("ticket_create")
