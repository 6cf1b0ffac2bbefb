"""The door: every page needs a signed-in person unless it says `login_not_required`; and whose clock it shows."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from helpdesk.web.form_recovery import author_of, stash

from .rate_limits import KEPT_FORMS

# Whether this request has signed somebody out.
SIGNED_OUT = "has_signed_out"


class SignInMiddleware(LoginRequiredMiddleware):
    """Send guests to sign in and back; what they had typed into a form waits for them there. Whoever signs out
    leaves nothing of their pages in the browser.
    """

    @staticmethod
    def keep(request: HttpRequest) -> None:
        """Keep what was typed, a few times an hour for each author: a guest could fill the session table."""
        author = author_of(request)
        if author is not None and KEPT_FORMS.take(request, str(author)):
            stash(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if SIGNED_OUT in vars(request):
            # Not "cookies": it would take those of other sites under the same domain, too (W3C Clear Site Data, 3.1).
            response["Clear-Site-Data"] = '"cache"'
        return response

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        view_class = getattr(view_func, "view_class", None)
        if request.method == "POST":
            if getattr(view_class, "recovers_form", False):
                self.keep(request)
            elif view_class is not None and not hasattr(view_class, "get"):
                # An action without a page of its own: coming back to its address would only be a 405.
                return redirect(self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)


class TimeZoneMiddleware:
    """Read and show every moment of a request by the clock of whoever is signed in.

    Pages for guests are asked about nobody: the health pages must not need the database. What is sent after
    the view has answered, such as a table that streams, takes the zone along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            timezone.activate(request.user.zone)
