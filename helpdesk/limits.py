"""What is refused before any page looks at it, with the headers and in the look of all our answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# More than any form of ours takes is not even read.
BODY_BYTES, BODY_SECONDS = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, 60
# Where helpdesk/asgi.py leaves its verdict.
REFUSAL = "helpdesk.refusal"


class LimitsMiddleware:
    """Refuse what the server found too large or too slow, and methods no page knows, TRACE above all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        refusal = request.META.get("asgi.scope", {}).get(REFUSAL)
        if refusal == 408:
            return HttpResponse("The request took too long to arrive.", status=408, content_type="text/plain")
        if refusal == 413 or self._announces_too_much(request):
            return render(request, "413.html", status=413)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not request.path.startswith("/health/"):
            # Django leaves the page blank; somebody reloaded the address of a button.
            allowed = response["Allow"]
            response = render(request, "405.html", status=405)
            response["Allow"] = allowed
        return response

    @staticmethod
    def _announces_too_much(request: HttpRequest) -> bool:
        length = request.META.get("CONTENT_LENGTH") or "0"
        return length.isdigit() and int(length) > BODY_BYTES
