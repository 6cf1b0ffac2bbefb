"""Error pages that need more than a plain template: a stale security token, too many requests, an outage."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.defaults import server_error as plain_server_error

from helpdesk.db.outages import is_disk_full, is_outage

# A database that is started again is there after this long.
RETRY_SECONDS = 10
# Never shown again, whatever else was typed is.
SECRET_FIELDS = ("password", "oldpassword", "password1", "password2")
HIDDEN_FIELDS = ("csrfmiddlewaretoken", "author", "token", "version", "next")


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
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Ask for patience. The limits that end here count by the minute."""
    response = render(request, "429.html", status=429)
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
