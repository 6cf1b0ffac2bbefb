"""What is refused before any page looks at it, with the headers and in the look of all our answers."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from helpdesk.web.error_pages import refuse, refuse_unseen

from .scope import REFUSAL, STRANGER

# Pages are read and forms are sent. Django's views of forms would take a PUT for a form left empty.
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# More than any form of ours takes is not even read.
BODY_BYTES, BODY_SECONDS = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, 60
# A guest's, at any address: a ticket's longest text, typed before the session ended, still finds its way back.
GUEST_BYTES = 256 * 1024
# A form that brings files is larger, and a slow line takes its time: as many as a message may have, and
# twice the largest, so that one file too many or too large still gets its error beside the field.
FILES_BYTES = BODY_BYTES + (settings.FILES_PER_MESSAGE + 2) * settings.FILE_SIZE_MB * 1024 * 1024
FILES_SECONDS = 600
# What the page of a refusal says of files.
MOST_FILES = {"megabytes": settings.FILE_SIZE_MB, "most": settings.FILES_PER_MESSAGE}
# Where a request says that it was too large, until it is known whose it is.
TOO_LARGE = "helpdesk.too_large"


def body_limits(method: str, path: str, content_type: str) -> tuple[int, int]:
    """How many bytes a request's body may have, and how many seconds it may take."""
    is_form = method == "POST" and content_type.lower().startswith("multipart/form-data")
    if is_form and re.fullmatch(settings.UPLOAD_PATHS, path):
        return FILES_BYTES, FILES_SECONDS
    return BODY_BYTES, BODY_SECONDS


class LimitsMiddleware:
    """Refuse what the server found too large or too slow, and methods no page knows, TRACE above all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        scope = request.META.get("asgi.scope", {})
        refusal = scope.get(REFUSAL)
        if refusal == 408:
            return HttpResponse(
                _("The request took too long to arrive."), status=408, content_type="text/plain"
            )
        if refusal == 507:
            return render(request, "507.html", status=507)
        if refusal == 413 or self._announces_too_much(request):
            if settings.SESSION_COOKIE_NAME not in request.COOKIES or scope.get(STRANGER):
                return refuse_unseen(request, 413, **MOST_FILES)
            request.META[TOO_LARGE] = True
        response = self.get_response(request)
        if response.status_code == 405 and _is_blank(response) and not request.path.startswith("/health/"):
            # Django leaves the page blank; somebody reloaded the address of a button, or sent a form to a file of ours.
            allowed = response["Allow"]
            response = refuse(request, 405)
            response["Allow"] = allowed
        return response

    @staticmethod
    def _announces_too_much(request: HttpRequest) -> bool:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most, _seconds = body_limits(request.method or "", request.path, request.content_type or "")
        return length.isdigit() and int(length) > most


def _is_blank(response: HttpResponse) -> bool:
    """Say whether it has no page. WhiteNoise's refusal is a stream of nothing."""
    return response.streaming or not response.content


class KnownLimitsMiddleware:
    """Refuse what was found too large, in the frame of whoever sent it. Comes behind those who say who that is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return refuse(request, 413, **MOST_FILES) if TOO_LARGE in request.META else self.get_response(request)
