"""Whom a note can mention, offered while its writer types."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from accounts.models import User
from helpdesk.console.site import ConsoleSite, Gate
from helpdesk.web.query_params import search_words

from ..text.mentions import colleagues_like

QUERY_LENGTH = 100


@require_GET
def colleagues(request: HttpRequest) -> HttpResponse:
    """Answer the names and addresses of a few who can work tickets and whose name holds ?q=, as JSON."""
    if not cast(User, request.user).can_work_tickets:
        raise PermissionDenied
    asked = search_words(request.GET.get("q", ""), length=QUERY_LENGTH)
    people = colleagues_like(asked)
    return JsonResponse({"colleagues": [{"name": str(p), "address": p.email} for p in people]})


def pages(gate: Gate) -> list[URLPattern]:
    return [path("colleagues/", gate(colleagues), name="colleagues")]


ConsoleSite.add_pages(pages)
