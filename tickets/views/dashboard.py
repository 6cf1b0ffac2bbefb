"""One's own tickets: what they are waiting for, and all of them."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.views.generic import TemplateView

from helpdesk.db.keyset import Ordering, Page

from ..filters.portal import PortalTicketFilter
from ..models import HoldReason, Status, Ticket
from .base import SignedInMixin

ORDERINGS = {
    "updated": Ordering("Newest update", "publicly_updated_at", descending=True),
    "newest": Ordering("Newest ticket", "id", descending=True),
    "oldest": Ordering("Oldest ticket", "id", descending=False),
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
        page = Page(chosen.qs.with_people(), ORDERINGS[sort], self.request.GET)
        for ticket in page.rows:
            ticket.verbs = ticket.verbs_open_to(user)
        counts = Counter(dict(mine.order_by().values_list("status").annotate(Count("pk"))))
        asked = mine.filter(status=Status.ON_HOLD, hold_reason=HoldReason.REQUESTER)
        return super().get_context_data(
            filter=chosen,
            page=page,
            sort=sort,
            orderings=ORDERINGS,
            tabs=self._tabs(counts),
            unsolved_count=counts[Status.OPEN] + counts[Status.IN_PROGRESS] + counts[Status.ON_HOLD],
            total=counts.total(),
            live_src=f"{reverse('dashboard_live')}?{self.request.GET.urlencode()}",
            asked=asked.with_people().order_by("-publicly_updated_at", "-id")[:3],
            **kwargs,
        )

    def _tabs(self, counts: Counter[str]) -> list[dict[str, Any]]:
        """One link for each status and one for all, keeping what else was chosen."""
        chosen = self.request.GET.get("status", "")
        tabs = []
        for code, label, count in [
            ("", "All", counts.total()),
            *((status.value, status.label, counts[status.value]) for status in Status),
        ]:
            query = self.request.GET.copy()
            for name in ("after", "before", "status"):
                query.pop(name, None)
            if code:
                query["status"] = code
            tabs.append(
                {"label": label, "count": count, "query": query.urlencode(), "is_chosen": code == chosen}
            )
        return tabs
