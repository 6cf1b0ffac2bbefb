"""Following a ticket from the console, and hearing no more of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..models import Watch
from .ticket_page import TicketPage


class WatchView(TicketPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        Watch.objects.watch(self.user, ticket)
        messages.success(
            request,
            _("You are watching %(ticket)s and will be notified of what happens to it.")
            % {"ticket": ticket.reference},
        )
        return self.leave_for(ticket)


class UnwatchView(TicketPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        Watch.objects.mute(self.user, ticket)
        messages.success(
            request,
            _(
                "You will no longer be notified about %(ticket)s, unless you are mentioned or it is assigned to you."
            )
            % {"ticket": ticket.reference},
        )
        return self.leave_for(ticket)
