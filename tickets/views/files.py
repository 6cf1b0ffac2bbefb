"""Files: sending one before its message, removing it again, and reading what was sent along."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.generic import FormView, View

from accounts.rate_limits import in_words
from helpdesk.web.referer import safe_referer

from ..files.previews import PREVIEW_TYPE
from ..models import Attachment, Ticket, TicketEvent, Upload
from ..models.upload import with_previews
from ..uploads.form_keys import may_use
from ..uploads.pending import REMOVE, WaitingFiles
from ..work_limits import TOO_MANY_UPLOADS, UPLOADS
from .base import SignedInMixin


class CountsFiles(SignedInMixin):
    """Counts the files of a person, whether they come before their message or with it."""

    def count_file(self, name: str) -> str:
        """Count one more, or say why this one is not taken. Whoever works tickets is not counted: their
        console sends its files here, too.
        """
        key = str(self.user.pk)
        if self.user.can_work_tickets or UPLOADS.take(self.request, key):
            return ""
        wait = in_words(UPLOADS.seconds_left(self.request, key))
        return str(TOO_MANY_UPLOADS).format(name=name, wait=wait)


class RemovesFile(FormView):
    """A form whose files have a button each that removes them; what was typed stays on the page."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if REMOVE not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.lay_aside()
        return self.render_to_response(self.get_context_data(form=form))


class BackView(CountsFiles, View):
    """An action that answers a script in JSON, and leads a plain form back to where it came from."""

    http_method_names = ["post", "options"]

    def answer(self, found: dict[str, Any], errors: list[str]) -> HttpResponse:
        if self.request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse({**found, "errors": errors}, status=400 if errors else 200)
        for error in errors:
            messages.error(self.request, error)
        return redirect(safe_referer(self.request) or "dashboard")


class UploadView(BackView):
    """Takes files for a form of the person's: "form" is its key, "files" are the files."""

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("form", "")
        if not may_use(self.user, key):
            raise Http404
        waiting = WaitingFiles(self.user, key, count_file=self.count_file)
        taken = waiting.receive(request.FILES.getlist("files"))
        rows = [
            {
                "id": upload.pk,
                "name": upload.name,
                "size": filesizeformat(upload.size),
                "is_picture": upload.is_picture,
                "remove": reverse("upload_remove", args=[upload.pk]),
            }
            for upload in taken
        ]
        return self.answer({"files": rows}, waiting.errors)


class RemoveUploadView(BackView):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(Upload, pk=pk, owner=self.user).remove()
        return self.answer({}, [])


class DownloadView(SignedInMixin, View):
    """Gives a file to whoever may see the entry it belongs to: to save, never to open in the page."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
        found = self.get_attachment(number, pk)
        return self.stream(found.path, found.told_type, f"attachment; filename*=UTF-8''{quote(found.name)}")

    def get_attachment(self, number: int, pk: int) -> Attachment:
        """Find it among what this person may see; 404 for others, and once it is redacted."""
        tickets = Ticket.objects.visible_to(self.user).filter(pk=number)
        events = TicketEvent.objects.visible_to(self.user).filter(ticket__in=tickets)
        attachment = get_object_or_404(Attachment.objects.exclude(salt=""), pk=pk, event__in=events)
        return with_previews([attachment])[0]

    def stream(self, path: str, content_type: str, disposition: str) -> HttpResponseBase:
        try:
            content = default_storage.open(path)
        except FileNotFoundError as error:
            # Redacted a moment ago.
            raise Http404 from error
        response = FileResponse(content, content_type=content_type)
        response["Content-Disposition"] = disposition
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response


class PreviewView(DownloadView):
    """Shows the picture made anew from a picture; nothing else is ever shown in a page."""

    def get(self, request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
        found = self.get_attachment(number, pk)
        if not found.picture:
            raise Http404
        return self.stream(found.picture, PREVIEW_TYPE, "inline")
