"""Manage Tickets: the list, and where each verb has its address."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse

from accounts.models import User
from helpdesk.console import PagedAdmin

from .. import urls as portal  # noqa: F401, registers the converter <ticket:number>
from ..filters import ConsoleTicketFilter
from ..models import Ticket, TicketQuerySet
from ..paging import AFTER, BEFORE, Ordering
from . import (
    bulk_change,
    canned_reply,
    conversation,
    creator,
    edit,
    presence,
    properties,
    requester,
    submission,
    trash,
    verbs,
)
from .page import TicketLivePage, TicketPage


@admin.register(Ticket)
class TicketAdmin(PagedAdmin):
    heading = "Manage Tickets"
    filter_class = ConsoleTicketFilter
    orderings = {
        "-updated": Ordering("Latest change first", "updated_at", True),
        "updated": Ordering("Longest unchanged first", "updated_at", False),
        "-number": Ordering("Highest number first", "id", True),
        "number": Ordering("Lowest number first", "id", False),
    }

    def listed(self, request: HttpRequest) -> TicketQuerySet:
        return Ticket.objects.visible_to(cast(User, request.user)).with_people()

    def filters(self, request: HttpRequest) -> ConsoleTicketFilter:
        return ConsoleTicketFilter(request.GET, self.listed(request), user=cast(User, request.user))

    def live_src(self, request: HttpRequest) -> str:
        return f"{reverse('admin:tickets_ticket_live_list')}?{request.GET.urlencode()}"

    def live_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what the open list shows now."""
        return self.changelist_view(request, {"live": True})

    def list_page(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        """here: the list's parameters without the page, for what leads away from it and back."""
        here = request.GET.copy()
        for place in (AFTER, BEFORE):
            here.pop(place, None)
        return super().list_page(request, status=status, here=here.urlencode(), **more)

    def narrowed(self, params: QueryDict, user: User) -> TicketQuerySet:
        """The tickets of the list with these parameters, in its order; none if a filter makes no sense."""
        filters = self.filter_class(params, Ticket.objects.visible_to(user), user=user)
        tickets = filters.qs
        ordering = self.orderings.get(params.get("sort", "")) or next(iter(self.orderings.values()))
        return tickets.none() if filters.form.errors else tickets.order_by(*ordering.order())

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        pages = {
            "change": TicketPage,
            "live": TicketLivePage,
            "edit": edit.EditView,
            "delete": trash.TrashView,
            "restore": trash.RestoreView,
            "assign": verbs.AssignView,
            "take": verbs.TakeView,
            "start": verbs.StartView,
            "hold": verbs.HoldView,
            "resolve": verbs.ResolveView,
            "close": verbs.CloseView,
            "reopen": verbs.ReopenView,
            "canned": canned_reply.CannedView,
            "presence": presence.PresenceView,
            "properties": properties.PropertiesView,
            "requester": requester.RequesterView,
            "message": conversation.MessageView,
        }
        bulk_pages: dict[str, tuple[str, Any]] = {
            "change": ("", bulk_change.BulkChangeView),
            "confirm": ("confirm/", bulk_change.ConfirmView),
            "carry_on": ("carry-on/", bulk_change.CarryOnView),
        }
        return [
            path("", gate(self.changelist_view), name="tickets_ticket_changelist"),
            path("live/", gate(self.live_view), name="tickets_ticket_live_list"),
            path(
                "add/", gate(submission.SubmissionPage.as_view(model_admin=self)), name="tickets_ticket_add"
            ),
            path("creators/", gate(creator.creators), name="tickets_ticket_creators"),
            path("bulk/", gate(bulk_change.PlanView.as_view(model_admin=self)), name="tickets_bulk_plan"),
            *(
                path(
                    f"bulk/<ticket:pk>/{address}",
                    gate(page.as_view(model_admin=self)),
                    name=f"tickets_bulk_{name}",
                )
                for name, (address, page) in bulk_pages.items()
            ),
            *(
                path(
                    f"<ticket:number>/{name}/",
                    gate(page.as_view(model_admin=self)),
                    name=f"tickets_ticket_{name}",
                )
                for name, page in pages.items()
            ),
        ]
