"""Every page of the portal."""

from django.urls import path, register_converter
from django.views.generic import TemplateView


class TicketNumberConverter:
    """A number that can be a ticket's: 1 to 2^63 - 1, ASCII digits. Anything else is no address of ours: 404."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number >= 2**63:
            raise ValueError
        return number

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(TicketNumberConverter, "ticket")
STUB = TemplateView.as_view(template_name="403_csrf.html")

urlpatterns = [
    path("", STUB, name="dashboard"),
    path("new/", STUB, name="ticket_create"),
    path("update/", STUB, name="ticket_choose"),
    path("<ticket:number>/", STUB, name="ticket"),
    path("<ticket:number>/edit/", STUB, name="ticket_edit"),
    path("<ticket:number>/feedback/", STUB, name="ticket_feedback"),
    path("<ticket:number>/withdraw/", STUB, name="ticket_withdraw"),
    path("<ticket:number>/reopen/", STUB, name="ticket_reopen"),
]
