"""Following a ticket, and hearing no more of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from ..models import Watch
from .base import TicketMixin


class WatchView(TicketMixin, View):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        Watch.objects.watch(self.user, self.ticket)
        messages.success(
            request,
            _("You will be notified of what happens to %(ticket)s.") % {"ticket": self.ticket.reference},
        )
        return redirect(self.ticket)


class MuteView(TicketMixin, View):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        Watch.objects.mute(self.user, self.ticket)
        messages.success(
            request, _("You will no longer be notified about %(ticket)s.") % {"ticket": self.ticket.reference}
        )
        return redirect(self.ticket)
