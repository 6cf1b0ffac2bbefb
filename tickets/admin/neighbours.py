"""The tickets before and after this one in the list it was opened from."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from helpdesk.db.keyset import Neighbours

from ..models import Ticket
from .list_context import ListContext
from .ticket_page import TicketPage


class NeighboursView(TicketPage):
    """Answers the ways to both neighbours as HTML, or with `go` (next, previous) leads to one of them."""

    template_name = "admin/tickets/ticket/_neighbours.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket, list_context = self.get_ticket(number), ListContext(request.GET)
        found = Neighbours(
            self.model_admin.narrowed(list_context.list, self.user),
            self.model_admin.ordering_of(list_context.list),
            ticket,
            list_context.cursor,
        )
        next_, previous = self.address(found.next, list_context), self.address(found.previous, list_context)
        if "go" in request.GET:
            wanted = previous if request.GET["go"] == "previous" else next_
            return redirect(wanted or list_context.list_address)
        return self.render_to_response({"next": next_, "previous": previous, "position": found.position})

    def address(self, neighbour: tuple[Ticket, str] | None, list_context: ListContext) -> str:
        if neighbour is None:
            return ""
        ticket, cursor = neighbour
        address = reverse("admin:tickets_ticket_change", args=[ticket.pk])
        return f"{address}?{urlencode(list_context.params_at(cursor))}"
