"""Asks for the password once more before something goes on.

What was sent waits in the page that asks, signed: each window's goes on after its own password, however many ask at
once, and a session keeps none of it.
"""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.views.generic import View

from helpdesk.web.form_recovery import author_field
from helpdesk.web.frame import frame_of

from .forms import PasswordAgainForm

TEMPLATE = "account/reauthenticate.html"
SAFE = ("GET", "HEAD", "OPTIONS")
SALT = "accounts.password_again"


class PasswordAgainMixin(View):
    """A page that changes something only for those who have typed their password in the last five minutes; all others
    type it first. Name it before the view's base.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE and is_reauthentication_required(request, app="account"):
            form = PasswordAgainForm(user=request.user, initial={"sent": _sealed(request)})
            view = {"author_field": author_field(request.user)}
            return render(request, TEMPLATE, {**frame_of(request), "form": form, "view": view})
        return super().dispatch(request, *args, **kwargs)


def go_on(request: HttpRequest, sealed: str) -> HttpResponse | None:
    """Do what was sent before the password was asked for, as if it had been sent now.

    sealed: what the page that asked has kept. Answers None if it is not of this person, or older than a session gets.
    """
    try:
        person, path, query, fields = signing.loads(sealed, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    if person != request.user.pk:
        return None
    request.path = path
    request.path_info = "/" + path.removeprefix(request.META.get("SCRIPT_NAME", "")).lstrip("/")
    request.META["QUERY_STRING"] = query
    request.GET, request.POST = QueryDict(query), QueryDict(fields)
    request.resolver_match = found = resolve(request.path_info)
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return response


def _sealed(request: HttpRequest) -> str:
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    sent = [request.user.pk, request.path, request.META.get("QUERY_STRING", ""), fields.urlencode()]
    return signing.dumps(sent, salt=SALT, compress=True)
