"""One's own tickets: what they are waiting for, and all of them."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from helpdesk.db.keyset import Ordering, Page

from ..filters.portal import PortalTicketFilter
from ..models import HoldReason, Status, Ticket, TicketEvent, TicketQuerySet
from .base import SignedInMixin

# The parameters that a tab sets, and the cards of what waits.
TABS, MOST_ASKED = ("status", "waiting"), 3
ORDERINGS = {
    "updated": Ordering(_("Newest update"), "publicly_updated_at", descending=True),
    "newest": Ordering(_("Newest ticket"), "id", descending=True),
    "oldest": Ordering(_("Oldest ticket"), "id", descending=False),
}


class DashboardView(SignedInMixin, TemplateView):
    """The page; with `live`, only what static/js/live/regions.js puts into the open one."""

    template_name = "tickets/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.user
        mine = Ticket.objects.visible_to(user).requested_by(user).present()
        chosen = PortalTicketFilter(self.request.GET, mine)
        sort = self.request.GET.get("sort", "")
        sort = sort if sort in ORDERINGS else "updated"
        page = Page(chosen.qs.with_people().with_unread_of(user), ORDERINGS[sort], self.request.GET)
        for ticket in page.rows:
            ticket.verbs = ticket.verbs_open_to(user)
        asked = list(
            mine.waiting_for_requester().with_people().order_by("-publicly_updated_at", "-id")[:MOST_ASKED]
        )
        questions = TicketEvent.objects.said_at_hold(asked, HoldReason.REQUESTER)
        return super().get_context_data(
            filter=chosen,
            page=page,
            sort=sort,
            orderings=ORDERINGS,
            tabs=self._tabs(mine),
            unsolved_count=mine.unsolved().count(),
            has_any=bool(page.rows) or mine.exists(),
            live_src=f"{reverse('dashboard_live')}?{self.request.GET.urlencode()}",
            asked=[(ticket, questions.get(ticket.pk, "")) for ticket in asked],
            **kwargs,
        )

    def _tabs(self, mine: TicketQuerySet[Ticket]) -> list[dict[str, Any]]:
        """One link for each status, for what waits for its requester, and for all, keeping what else was chosen; each
        counts what it would show. One query.
        """
        query = self.request.GET.copy()
        for name in ("after", "before", *TABS):
            query.pop(name, None)
        found = PortalTicketFilter(query, mine).qs.order_by().values_list("status")
        waiting = Count("pk", filter=Q(hold_reason=HoldReason.REQUESTER))
        groups = {status: numbers for status, *numbers in found.annotate(Count("pk"), waiting=waiting)}
        links = [
            ({}, gettext("All"), sum(number for number, _waiting in groups.values())),
            (
                {"waiting": "true"},
                gettext("Waiting for you"),
                sum(number for _number, number in groups.values()),
            ),
            *(({"status": s.value}, s.label, groups.get(s.value, [0])[0]) for s in Status),
        ]
        chosen = {name: value for name in TABS if (value := self.request.GET.get(name))}
        return [
            {
                "label": label,
                "count": count,
                "query": "&".join(filter(None, (query.urlencode(), urlencode(link)))),
                "is_chosen": link == chosen,
            }
            for link, label, count in links
        ]
