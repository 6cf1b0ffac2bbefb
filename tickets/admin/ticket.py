"""Manage Tickets: the list, and where each verb has its address."""

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from helpdesk.console.base import PagedAdmin
from helpdesk.db.keyset import AFTER, BEFORE, Ordering, Page

from .. import converters  # noqa: F401, registers <ticket:number>
from ..filters.console import US, ConsoleTicketFilter, are_unanswered
from ..models import Column, ColumnPreference, Ticket, TicketQuerySet
from ..search.query import numbers_in
from . import (
    actions,
    bulk_change,
    canned_reply,
    columns,
    conversation,
    edit,
    filter_menu,
    neighbours,
    peek,
    presence,
    properties,
    quick_change,
    requester,
    requesters,
    submission,
    trash,
    watch,
)
from .saved_view import named_list
from .ticket_page import TicketLivePage, TicketPage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# An order only tickets that wait for an answer have.
WAITING_LONGEST = "waiting"
# The columns whose heads sort -> what the address calls it.
HEADS = {"ticket": "number", Column.OPENED: "opened", Column.CHANGED: "updated"}


class Head(NamedTuple):
    """query: the parameters of the list sorted by it. order: "ascending" or "descending" where it is already."""

    query: str
    order: str
    leads_to: "StrOrPromise"


@admin.register(Ticket)
class TicketAdmin(PagedAdmin):
    heading = _("Manage Tickets")
    filter_class = ConsoleTicketFilter
    orderings = {
        "-updated": Ordering(_("Latest change first"), "updated_at", True),
        "updated": Ordering(_("Longest unchanged first"), "updated_at", False),
        "-number": Ordering(_("Highest number first"), "id", True),
        "number": Ordering(_("Lowest number first"), "id", False),
        "-opened": Ordering(_("Newest first"), "created_at", True),
        "opened": Ordering(_("Oldest first"), "created_at", False),
        WAITING_LONGEST: Ordering(_("Waiting longest"), "unanswered_since", False),
    }

    def listed(self, request: HttpRequest) -> TicketQuerySet[Ticket]:
        user = cast(User, request.user)
        return Ticket.objects.visible_to(user).with_people().with_unread_of(user)

    def filters(self, request: HttpRequest) -> ConsoleTicketFilter:
        return ConsoleTicketFilter(request.GET, self.listed(request), user=cast(User, request.user))

    def live_src(self, request: HttpRequest) -> str:
        return f"{reverse('admin:tickets_ticket_live_list')}?{request.GET.urlencode()}"

    def live_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what the open list shows now."""
        return self.changelist_view(request, {"live": True})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; who looks for the number of a ticket and finds no other is at that ticket."""
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None)
        if (
            shown
            and not shown.get("live")
            and not shown["page"].has_previous
            and len(shown["page"].rows) == 1
        ):
            number = shown["page"].rows[0].pk
            if number in numbers_in(request.GET.get("q", "")):
                return redirect("admin:tickets_ticket_change", number)
        return answer

    def beside(self, request: HttpRequest, filters: ConsoleTicketFilter, page: Page) -> dict[str, Any]:
        """With the list's parameters but the page: `here`, which a ticket's address carries as `list`."""
        here = request.GET.copy()
        for place in (AFTER, BEFORE):
            here.pop(place, None)
        user = cast(User, request.user)
        named = named_list(filters, user)
        return {
            "here": here.urlencode(),
            "title": str(named.view) if named.view else self.heading,
            "named": named,
            "heads": self.heads(filters),
            "orders": [
                (code, o.label, self.order_query(filters, code)) for code, o in self.orderings.items()
            ],
            "columns": ColumnPreference.objects.of(user),
            "all_columns": Column.choices,
            "may_change": user.has_perm("tickets.change_ticket"),
            "may_tick": user.has_perm("tickets.change_ticket") or user.has_perm("tickets.delete_ticket"),
        }

    def heads(self, filters: ConsoleTicketFilter) -> dict[str, Head]:
        """Name the heads that sort, each with the order it leads to: only what an index serves, at any size."""
        sort = filters.data.get("sort") or next(iter(self.orderings))
        heads = {}
        for column, code in HEADS.items():
            is_sorted = sort.removeprefix("-") == code
            leads_to = code if sort == f"-{code}" else f"-{code}"
            order = ("descending" if sort.startswith("-") else "ascending") if is_sorted else ""
            heads[column] = Head(filters.query(sort=leads_to), order, str(self.orderings[leads_to].label))
        return heads

    def narrowed(self, params: QueryDict, user: User) -> TicketQuerySet[Ticket]:
        """The tickets of the list with these parameters, in its order; none if a filter makes no sense."""
        filters = self.filter_class(params, Ticket.objects.visible_to(user), user=user)
        tickets = filters.qs
        order = self.ordering_of(params).order()
        return tickets.none() if filters.form.errors else tickets.order_by(*order)

    @staticmethod
    def order_query(filters: ConsoleTicketFilter, code: str) -> str:
        """Write the parameters of the list in another order; of those that wait alone, where they have no other."""
        is_narrower = code == WAITING_LONGEST and not are_unanswered(filters.data)
        return filters.query(sort=code, **({"waiting": US} if is_narrower else {}))

    def sort_of(self, params: QueryDict) -> str:
        if params.get("sort") == WAITING_LONGEST and not are_unanswered(params):
            return next(iter(self.orderings))
        return super().sort_of(params)

    def ordering_of(self, params: QueryDict) -> Ordering:
        return self.orderings[self.sort_of(params)]

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
            "quick": quick_change.QuickView,
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
            path(
                "filters/<slug:name>/",
                gate(filter_menu.FilterMenuView.as_view(model_admin=self)),
                name="tickets_ticket_filter",
            ),
            path("creators/", gate(requesters.creators), name="tickets_ticket_creators"),
            path("callers/", gate(requesters.callers), name="tickets_ticket_callers"),
            path("callers/tickets/", gate(requesters.caller_tickets), name="tickets_ticket_caller_tickets"),
            path("bulk/", gate(bulk_change.PlanView.as_view(model_admin=self)), name="tickets_bulk_plan"),
            path(
                "bulk/colleagues/",
                gate(bulk_change.ColleaguesView.as_view(model_admin=self)),
                name="tickets_bulk_colleagues",
            ),
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
