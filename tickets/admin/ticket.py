"""Manage Tickets: the list, and where each verb has its address."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse

from accounts.models import User
from helpdesk.console.base import PagedAdmin
from helpdesk.db.keyset import AFTER, BEFORE, Ordering

from .. import converters  # noqa: F401, registers <ticket:number>
from ..filters.console import ConsoleTicketFilter
from ..models import Column, ColumnPreference, Ticket, TicketQuerySet
from . import (
    actions,
    bulk_change,
    canned_reply,
    columns,
    conversation,
    edit,
    neighbours,
    peek,
    presence,
    properties,
    requester,
    requesters,
    submission,
    trash,
    watch,
)
from .ticket_page import TicketLivePage, TicketPage


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

    def listed(self, request: HttpRequest) -> TicketQuerySet[Ticket]:
        return Ticket.objects.visible_to(cast(User, request.user)).with_people()

    def filters(self, request: HttpRequest) -> ConsoleTicketFilter:
        return ConsoleTicketFilter(request.GET, self.listed(request), user=cast(User, request.user))

    def live_src(self, request: HttpRequest) -> str:
        return f"{reverse('admin:tickets_ticket_live_list')}?{request.GET.urlencode()}"

    def live_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what the open list shows now."""
        return self.changelist_view(request, {"live": True})

    def list_page(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        """With the list's parameters but the page: `here`, which a ticket's address carries as `list`."""
        here = request.GET.copy()
        for place in (AFTER, BEFORE):
            here.pop(place, None)
        user = cast(User, request.user)
        shown = {
            "here": here.urlencode(),
            "columns": ColumnPreference.objects.of(user),
            "all_columns": Column.choices,
            "may_tick": user.has_perm("tickets.change_ticket") or user.has_perm("tickets.delete_ticket"),
        }
        return super().list_page(request, status=status, **shown, **more)

    def narrowed(self, params: QueryDict, user: User) -> TicketQuerySet[Ticket]:
        """The tickets of the list with these parameters, in its order; none if a filter makes no sense."""
        filters = self.filter_class(params, Ticket.objects.visible_to(user), user=user)
        tickets = filters.qs
        order = self.ordering_of(params).order()
        return tickets.none() if filters.form.errors else tickets.order_by(*order)

    def ordering_of(self, params: QueryDict) -> Ordering:
        return self.orderings.get(params.get("sort", "")) or next(iter(self.orderings.values()))

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        pages = {
            "change": TicketPage,
            "live": TicketLivePage,
            "edit": edit.EditView,
            "delete": trash.TrashView,
            "restore": trash.RestoreView,
            "assign": actions.AssignView,
            "take": actions.TakeView,
            "start": actions.StartView,
            "hold": actions.HoldView,
            "resolve": actions.ResolveView,
            "close": actions.CloseView,
            "reopen": actions.ReopenView,
            "peek": peek.PeekView,
            "neighbours": neighbours.NeighboursView,
            "canned": canned_reply.CannedView,
            "presence": presence.PresenceView,
            "properties": properties.PropertiesView,
            "requester": requester.RequesterView,
            "message": conversation.MessageView,
            "watch": watch.WatchView,
            "unwatch": watch.UnwatchView,
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
            path(
                "columns/", gate(columns.ColumnsView.as_view(model_admin=self)), name="tickets_ticket_columns"
            ),
            path("creators/", gate(requesters.creators), name="tickets_ticket_creators"),
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
