"""The open page of a ticket says that it is still open, and hears who else is there."""

from django.http import HttpRequest, HttpResponse

from helpdesk.web.query_params import whole_number

from ..models import Presence, Ticket
from .ticket_page import TicketPage


class PresenceView(TicketPage):
    """Takes `writing`, `left` and the page's `version` by POST; answers the words for its head, as HTML. A GET
    only asks for them.
    """

    http_method_names = ["get", "head", "post", "options"]
    template_name = "admin/tickets/ticket/_presence_words.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.show_words(self.get_ticket(number), request.GET.get("version", ""))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        if request.POST.get("left"):
            Presence.objects.leave(self.user, ticket)
        else:
            Presence.objects.enter(self.user, ticket, writing=bool(request.POST.get("writing")))
        return self.show_words(ticket, request.POST.get("version", ""))

    def show_words(self, ticket: Ticket, version: str) -> HttpResponse:
        return self.render_to_response(
            {
                "ticket": ticket,
                "presences": Presence.objects.others(self.user, ticket).select_related("person"),
                "has_changed": whole_number(version) not in (None, ticket.version),
            }
        )
