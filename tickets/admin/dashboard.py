"""The console's front page: the numbers, a few tickets to begin with, and who asks to become an admin."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from accounts.models import AdminRequest, User
from helpdesk.console.site import ConsoleSite, Gate

from ..models import Ticket
from ..reports.dashboard import dashboard, numbers, short_lists
from .first_steps import first_steps

TEMPLATE = "admin/tickets/dashboard/index.html"
SHORT_LIST = 8


def front_page(request: HttpRequest) -> dict[str, Any]:
    shown = dashboard(cast(User, request.user), request.GET.get("ratings", ""))
    steps = None if shown["has_tickets"] else first_steps(request)
    return {**shown, **_lists(request), "first_steps": steps, "live_src": reverse("admin:live")}


def live(request: HttpRequest) -> HttpResponse:
    """Answer the parts of the front page that change with the tickets, for the open one."""
    counted = numbers(cast(User, request.user))
    return TemplateResponse(request, TEMPLATE, {**counted, **_lists(request), "live": True})


def pages(gate: Gate) -> list[URLPattern]:
    return [path("live/", gate(live), name="live")]


def _lists(request: HttpRequest) -> dict[str, Any]:
    user = cast(User, request.user)
    mine, unassigned = short_lists(Ticket.objects.visible_to(user).present(), user, SHORT_LIST)
    waiting, number_waiting = _waiting_admin_requests(request)
    return {
        "mine": mine,
        "unassigned": unassigned,
        "admin_requests": waiting,
        "admin_requests_waiting": number_waiting,
    }


def _waiting_admin_requests(request: HttpRequest) -> tuple[list[AdminRequest], int]:
    """The first few, and the number of all, which the side bar shows as well."""
    if not request.user.has_perm("accounts.view_adminrequest"):
        return [], 0
    waiting = AdminRequest.objects.waiting()
    first = list(waiting.select_related("user").order_by("requested_at", "id")[:SHORT_LIST])
    return first, len(first) if len(first) < SHORT_LIST else waiting.count()


ConsoleSite.set_front_page(TEMPLATE, front_page)
ConsoleSite.add_pages(pages)
