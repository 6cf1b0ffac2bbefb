"""The mails a demo has sent, to look at. They hold reset links: for those alone who could set any password."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helpdesk.console.site import ConsoleSite, Gate

from . import sent_mail

P = ParamSpec("P")
# What stands in a mail acts on nothing of ours: no script, no form, no picture, and not our origin.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": ["allow-popups"],
}


def for_admins_of_a_demo(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        if not request.user.has_perm("accounts.change_user"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_safe(gate)


@for_admins_of_a_demo
def list_of_sent_mail(request: HttpRequest) -> HttpResponse:
    return _page(request, "list", title=_("Sent mail"), sent_messages=sent_mail.sent_messages())


@for_admins_of_a_demo
def sent_message(request: HttpRequest, name: str) -> HttpResponse:
    message = _message(name)
    return _page(request, "message", title=message.subject or _("No subject"), message=message)


@csp(MAIL_POLICY)  # type: ignore[arg-type]  # made for views without arguments; it passes them on
@for_admins_of_a_demo
def sent_message_as_html(request: HttpRequest, name: str) -> HttpResponse:
    """Show the HTML part as a reader of mail would, under a policy of its own."""
    message = _message(name)
    if not message.html:
        raise Http404
    return HttpResponse(message.html)


def pages(gate: Gate) -> list[URLPattern]:
    return [
        path("mail/", gate(list_of_sent_mail), name="sent_mail"),
        path("mail/<str:name>/", gate(sent_message), name="sent_message"),
        path("mail/<str:name>/html/", gate(sent_message_as_html), name="sent_message_html"),
    ]


def _message(name: str) -> sent_mail.SentMessage:
    message = sent_mail.sent_message(name)
    if message is None:
        raise Http404
    return message


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    site = admin.site.each_context(request)
    return TemplateResponse(request, f"admin/helpdesk/sent_mail/{template}.html", {**site, **context})


ConsoleSite.add_pages(pages)
