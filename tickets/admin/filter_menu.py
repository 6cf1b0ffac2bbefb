"""What a filter of Manage Tickets can be set to, and how many tickets each choice finds: asked for on opening it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from helpdesk.console.base import ConsolePage

from ..filters.console import ConsoleTicketFilter
from ..models import Ticket
from .list_context import LONGEST_QUERY

# Those that have no chip until they are set stand together in one menu.
MENUS = {
    **{name: (name,) for name in (*ConsoleTicketFilter.SHOWN, *ConsoleTicketFilter.MORE)},
    "more": ConsoleTicketFilter.MORE,
}


class FilterMenuView(ConsolePage):
    """Takes the list's parameters. A page of its own, for those without script; with `part` the menu alone."""

    template_name = "admin/tickets/ticket/filter_menu.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in MENUS:
            raise Http404
        params = QueryDict(request.META.get("QUERY_STRING", "")[:LONGEST_QUERY], mutable=True)
        is_part = bool(params.pop("part", []))
        filters = ConsoleTicketFilter(params, Ticket.objects.visible_to(self.user), user=self.user)
        menus = [filters.menu(one) for one in MENUS[name]]
        title = menus[0].label if len(menus) == 1 else gettext("More filters")
        context: dict[str, Any] = {
            "menus": menus,
            "title": title,
            "live": is_part,
            "list_url": reverse("admin:tickets_ticket_changelist"),
            "creators_url": reverse("admin:tickets_ticket_creators"),
            "back": filters.query(),
        }
        return self.render_to_response(context if is_part else self.get_context_data(**context))
