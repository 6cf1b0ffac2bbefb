"""The frame around the pages that portal and console share, such as one's profile: that of the half one comes from."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.views.generic.base import ContextMixin

from .referer import safe_referer

if TYPE_CHECKING:
    from django.views.generic import View

    class _View(ContextMixin, View): ...
else:
    _View = ContextMixin

CONSOLE, PORTAL = "frames/console.html", "frames/portal.html"
# In the session of somebody who works in the console: that they came to these pages from the portal.
SESSION_KEY = "came_from_portal"


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """Answer the `frame` that a template extends, with what that frame has to be told.

    Only those who may enter the console get its frame: at its own addresses, and elsewhere unless they come from the
    portal. Asks nothing more for anybody else, and nothing at all before it is known who sent the request.
    """
    if not _is_in_console(request):
        return {"frame": PORTAL}
    return {**admin.site.each_context(request), "frame": CONSOLE}


class FramedMixin(_View):
    """A page that both halves have; its template extends `frame`. Name it before the view's base.

    Where one came from is kept in the session, and so outlives a form that was refused and the way back after one
    that was not. Nothing is written for people who are in the portal only, nor for those who stay in the console.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _note_where_from(self.request)
        return super().get_context_data(**{**frame_of(self.request), **kwargs})


def _is_in_console(request: HttpRequest) -> bool:
    if not hasattr(request, "user") or not admin.site.has_permission(request):
        return False
    # What the console does not have is still missing there, whatever page led to it.
    half = _half_of(request.path)
    if half != CONSOLE:
        half = _half_of(safe_referer(request)) or half
    return half == CONSOLE if half else SESSION_KEY not in request.session


def _half_of(path: str) -> str | None:
    """Name the half that an address is of; None for what both share."""
    if path.startswith(reverse("admin:index")):
        return CONSOLE
    return PORTAL if path.startswith(reverse("dashboard")) else None


def _note_where_from(request: HttpRequest) -> None:
    half = _half_of(safe_referer(request))
    if half == CONSOLE:
        if SESSION_KEY in request.session:
            del request.session[SESSION_KEY]
    elif half == PORTAL and SESSION_KEY not in request.session and admin.site.has_permission(request):
        request.session[SESSION_KEY] = True
