"""The open page of a ticket says that it is still open, and hears who else is there."""

from django.http import HttpRequest, HttpResponse

from ..models import Presence
from .page import TicketPage


class PresenceView(TicketPage):
    """Takes `writing`, `left` and the page's `version` by POST; answers the words for its head, as HTML."""

    http_method_names = ["post", "options"]
    template_name = "admin/tickets/ticket/_presence_words.html"

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        if request.POST.get("left"):
            Presence.objects.leave(self.user, ticket)
        else:
            Presence.objects.enter(self.user, ticket, writing=bool(request.POST.get("writing")))
        version = request.POST.get("version", "")
        return self.render_to_response(
            {
                "ticket": ticket,
                "presences": Presence.objects.others(self.user, ticket),
                "has_changed": version.isascii() and version.isdigit() and version != str(ticket.version),
            }
        )
