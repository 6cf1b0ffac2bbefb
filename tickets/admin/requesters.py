"""Who has opened tickets, offered while one types a name to filter by."""

from typing import cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from accounts.models import User
from helpdesk.web.query_params import search_words

from ..models import Ticket

QUERY_LENGTH = 100
OFFERED = 8


@require_GET
def creators(request: HttpRequest) -> JsonResponse:
    """Answer the names and addresses of a few whose name holds ?q=, as JSON. Only of people with a ticket
    that the one who asks may see: nobody learns here who else has an account.
    """
    asked = search_words(request.GET.get("q", ""), length=QUERY_LENGTH)
    tickets = Ticket.objects.visible_to(cast(User, request.user)).filter(requester=OuterRef("pk"))
    people = User.objects.named_like(asked).filter(Exists(tickets))
    found = people.order_by("last_name", "first_name", "pk")[:OFFERED]
    return JsonResponse({"people": [{"name": str(p), "address": p.email} for p in found]})
