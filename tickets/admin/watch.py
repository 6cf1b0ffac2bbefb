"""Following a ticket from the console, and hearing no more of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from ..models import Watch
from .ticket_page import TicketPage


class WatchView(TicketPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        Watch.objects.watch(self.user, ticket)
        messages.success(request, f"You watch {ticket.reference}: you hear of what happens to it.")
        return self.leave_for(ticket)


class UnwatchView(TicketPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        Watch.objects.mute(self.user, ticket)
        messages.success(
            request,
            f"You hear no more of {ticket.reference}, unless you are mentioned or it is assigned to you.",
        )
        return self.leave_for(ticket)
