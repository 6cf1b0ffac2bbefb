"""Who asks for help on a ticket: what else they asked for, and what they thought of the help."""

from django.db.models import Avg, Count, Q
from django.http import HttpRequest, HttpResponse

from ..models import Feedback, Ticket
from ..models.ticket.status import UNSOLVED
from .ticket_page import TicketPage

OTHERS = 5
# The parameter that asks for the card alone; the ticket's page puts it in.
CARD = "card"


class RequesterView(TicketPage):
    """A page of its own, so that it works without script and the ticket's page need not ask for it."""

    http_method_names = ["get", "head", "options"]
    template_name = "admin/tickets/ticket/requester.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        person = ticket.requester
        theirs = Ticket.objects.visible_to(self.user).present().requested_by(person)
        ratings = (
            Feedback.objects.current().present().filter(ticket__requester=person, ticket__purged_at=None)
        )
        facts = {
            "ticket": ticket,
            "numbers": theirs.aggregate(all=Count("pk"), unsolved=Count("pk", filter=Q(status__in=UNSOLVED))),
            "others": theirs.exclude(pk=ticket.pk)
            .defer("description")
            .order_by("-updated_at", "-id")[:OTHERS],
        }
        if self.user.has_perm("tickets.view_feedback"):
            facts["ratings"] = ratings.aggregate(number=Count("pk"), mean=Avg("score"))
            facts["latest"] = ratings.order_by("-given_at", "-id").first()
        if CARD in request.GET:
            self.template_name = "admin/tickets/ticket/_requester_facts.html"
            return self.render_to_response(facts)
        context = self.get_context_data(title=str(person), subtitle=ticket.reference, **facts)
        return self.render_to_response(context)
