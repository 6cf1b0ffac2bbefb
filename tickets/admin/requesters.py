"""Whose tickets: people offered while one types a name to filter by, or whose ticket a new one is to be."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from helpdesk.web.query_params import search_words

from .. import permissions
from ..models import Ticket
from ..search.query import numbers_in

QUERY_LENGTH = 100
OFFERED = 8
OPEN_TICKETS = 5


@require_GET
def creators(request: HttpRequest) -> JsonResponse:
    """Answer the names and addresses of a few whose name holds ?q=, as JSON. Only of people with a ticket
    that the one who asks may see: nobody learns here who else has an account.
    """
    asked = search_words(request.GET.get("q", ""), length=QUERY_LENGTH)
    tickets = Ticket.objects.visible_to(cast(User, request.user)).filter(requester=OuterRef("pk"))
    return offer(User.objects.named_like(asked).filter(Exists(tickets)))


@require_GET
def callers(request: HttpRequest) -> JsonResponse:
    """Answer the names and addresses of a few whose name or address holds ?q=, or whose ticket has this number, as
    JSON. Only for those who open tickets for others: they may name anybody who has an account.
    """
    user = cast(User, request.user)
    require_desk(user)
    return offer(meant_requesters(search_words(request.GET.get("q", ""), length=QUERY_LENGTH), user=user))


@require_GET
def caller_tickets(request: HttpRequest) -> HttpResponse:
    """Answer who ?requester= means with a few open tickets of theirs, as a part of the page of a new ticket; nothing
    unless it means one person.
    """
    user = cast(User, request.user)
    require_desk(user)
    asked = search_words(request.GET.get("requester", ""), length=QUERY_LENGTH)
    person = the_one_meant(asked, user=user)
    context = open_tickets_of(person, user=user) if person else {}
    return render(request, "admin/tickets/ticket/_caller.html", context)


def require_desk(user: User) -> None:
    """Raise PermissionDenied for those who do not open tickets for others."""
    if not (permissions.may_submit(user) and user.can_work_tickets):
        raise PermissionDenied


def meant_requesters(text: str, *, user: User) -> QuerySet[User]:
    """Answer the active people whom a name, an address or the number of a ticket means: where there is such a ticket,
    its requester alone. A query at once, two for a number.

    user: who asks, and may see that ticket.
    """
    active = User.objects.active()
    if numbers := numbers_in(text):
        tickets = Ticket.objects.visible_to(user).filter(pk__in=numbers)
        if requesters := list(tickets.values_list("requester", flat=True)):
            return active.filter(pk__in=requesters)
    return active.meant_by(text)


def the_one_meant(text: str, *, user: User) -> User | None:
    """Answer the one person meant as above; None for nobody, and for several."""
    text = search_words(text, length=254).strip()
    people = list(meant_requesters(text, user=user)[:2]) if text else []
    return people[0] if len(people) == 1 else None


def open_tickets_of(person: User, *, user: User) -> dict[str, object]:
    """Answer what the page of a new ticket shows of its requester: the latest changed that are not yet resolved.

    user: who looks. One query, once it is drawn.
    """
    tickets = Ticket.objects.visible_to(user).present().requested_by(person).unsolved()
    rows = list(tickets.with_people().order_by("-updated_at", "-id")[: OPEN_TICKETS + 1])
    return {"person": person, "open_tickets": rows[:OPEN_TICKETS], "has_more": len(rows) > OPEN_TICKETS}


def offer(people: QuerySet[User]) -> JsonResponse:
    found = people.order_by("last_name", "first_name", "pk")[:OFFERED]
    return JsonResponse({"people": [{"name": str(p), "address": p.email} for p in found]})
