"""A ticket seen from the list, without leaving it."""

from django.http import HttpRequest, HttpResponse

from ..timeline import timeline_of
from .list_context import ListContext
from .ticket_page import TicketPage

LAST_ENTRIES = 4


class PeekView(TicketPage):
    """Answers what the list's panel shows, as HTML: no page of its own."""

    template_name = "admin/tickets/ticket/_peek.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        timeline = timeline_of(ticket, self.user, first=max(1, ticket.version - LAST_ENTRIES + 1))
        offered = ticket.verbs_open_to(self.user)
        return self.render_to_response(
            {
                "ticket": ticket,
                "entries": timeline.entries,
                "earlier": timeline.earlier,
                "can_take": "assign" in offered and ticket.assignee_id is None,
                "can_have": "assign" in offered and ticket.assignee_id not in (None, self.user.pk),
                "list_context": ListContext(request.GET),
            }
        )
