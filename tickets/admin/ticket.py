"""Manage Tickets: the list, and where each verb has its address."""

from typing import cast

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from accounts.models import User
from helpdesk.console import PagedAdmin

from .. import urls as portal  # noqa: F401, registers the converter <ticket:number>
from ..filters import ConsoleTicketFilter
from ..models import Ticket, TicketQuerySet
from ..paging import Ordering
from . import canned_reply, conversation, edit, presence, properties, requester, submission, trash, verbs
from .page import TicketPage


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

    def get_urls(self) -> list[URLPattern]:
        gate = self.admin_site.admin_view
        pages = {
            "change": TicketPage,
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
        return [
            path("", gate(self.changelist_view), name="tickets_ticket_changelist"),
            path(
                "add/", gate(submission.SubmissionPage.as_view(model_admin=self)), name="tickets_ticket_add"
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
