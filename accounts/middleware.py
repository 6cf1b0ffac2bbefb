"""The door: every page needs a signed-in person unless it says `login_not_required`."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from helpdesk.web.form_recovery import stash


class SignInMiddleware(LoginRequiredMiddleware):
    """Send guests to sign in and back; what they had typed into a form waits for them there."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        view_class = getattr(view_func, "view_class", None)
        if request.method == "POST":
            if getattr(view_class, "recovers_form", False):
                stash(request)
            elif view_class is not None and not hasattr(view_class, "get"):
                # An action without a page of its own: coming back to its address would only be a 405.
                return redirect(self.get_login_url(view_func))
        return super().handle_no_permission(request, view_func)
