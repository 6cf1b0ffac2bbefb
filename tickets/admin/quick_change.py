"""A ticket changed in its row of the list: its properties, without leaving the list."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from ..models import RequestType
from .forms import QuickChangeForm, assignable
from .list_context import ListContext
from .ticket_page import TicketPage


class QuickView(TicketPage):
    """Answers the form of the properties as HTML: what the list shows over a row. It is sent to the ticket's page."""

    template_name = "admin/tickets/ticket/_quick.html"

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        ticket = self.get_ticket(number)
        if "properties" not in self.get_offered(ticket):
            raise PermissionDenied
        form = QuickChangeForm(ticket=ticket, name="quick")
        types = RequestType.objects.filter(Q(is_active=True) | Q(pk=ticket.request_type_id))
        form.list_choices(assignable(ticket), types)
        back = urlencode({"to": "list", **ListContext(request.GET).params})
        return self.render_to_response({"ticket": ticket, "form": form, "back": f"?{back}"})
