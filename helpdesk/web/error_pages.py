"""The pages for what was not done, in the frame of whoever asked for it; and those for an outage, in none."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.defaults import server_error as plain_server_error

from helpdesk.db.outages import is_disk_full, is_outage

from .frame import CONSOLE, frame_of

# A database that is started again is there after this long.
RETRY_SECONDS = 10
# Never shown again, whatever else was typed is.
SECRET_FIELDS = ("password", "oldpassword", "password1", "password2")
HIDDEN_FIELDS = ("csrfmiddlewaretoken", "author", "token", "version", "next")


def refuse(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """Draw the page of a refusal, `<status>.html`, in the frame of whoever asked.

    context: what the template is told besides.
    """
    return render(request, f"{status}.html", {**_around(request), **context}, status=status)


def refuse_unseen(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """Draw such a page for whoever it may be: it asks neither for a person nor the database."""
    frame = {"frame": "frames/bare.html", "start": reverse("home")}
    return render(request, f"{status}.html", {**frame, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that it was not understood. Where that is found before it is known who asks, it is not asked."""
    return (refuse if hasattr(request, "user") else refuse_unseen)(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing; in the console, lead back to the list that the address belongs to."""
    around = _around(request)
    listing = _list_around(request, around.get("available_apps", []))
    return render(request, "404.html", {**around, **listing}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse the form, and show what was typed so that it can be copied.

    Happens to people who signed in again in another tab. Nothing is sent again by itself: this page
    could have been caused by somebody else's site.
    """
    typed = [
        # What the form calls it, where that is marked.
        (gettext(name.replace("_", " ").capitalize()), str(value))
        for name, value in request.POST.items()
        # A number is a choice, not something typed.
        if name not in SECRET_FIELDS + HIDDEN_FIELDS and str(value).strip() and not str(value).isdigit()
    ]
    return render(request, "403_csrf.html", {**_around(request), "typed": typed}, status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Ask for patience. The limits that end here count by the minute."""
    response = refuse(request, 429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it went wrong: by our mistake, 500, because the database is away, 503, for a moment, or because
    the disk is full, 507.

    Asks the database nothing. Called while the error is handled.
    """
    error = sys.exception()
    if is_disk_full(error):
        return HttpResponse(render_to_string("507.html"), status=507)
    if not is_outage(error):
        return plain_server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_SECONDS)})


def _around(request: HttpRequest) -> dict[str, Any]:
    frame = frame_of(request)
    return {**frame, "start": reverse("admin:index" if frame["frame"] == CONSOLE else "home")}


def _list_around(request: HttpRequest, apps: list[dict[str, Any]]) -> dict[str, Any]:
    """Answer the `list` of the console that an address belongs to, and its model's `opts`; nothing where there is
    none. apps: what this person finds in the console.
    """
    for model in (model for app in apps for model in app["models"]):
        address = model.get("admin_url") or request.path
        if request.path.startswith(address) and request.path != address:
            return {"list": address, "opts": model["model"]._meta}
    return {}
