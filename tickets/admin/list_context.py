"""The list a ticket's page was opened from, as its address says it."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

LONGEST_QUERY, LONGEST_CURSOR = 6000, 200


class ListContext:
    """What a ticket's address says of the list it was opened from: `list`, the list's own parameters, and
    `at`, the ticket's cursor in it: not the ticket, which may move when it is changed.
    """

    def __init__(self, params: QueryDict) -> None:
        self.is_known = "list" in params
        self.list = QueryDict(params.get("list", "")[:LONGEST_QUERY])
        self.cursor = params.get("at", "")[:LONGEST_CURSOR]

    @property
    def params(self) -> dict[str, str]:
        """The same, for the addresses of other pages about the ticket; empty if no list is known."""
        return self.params_at(self.cursor) if self.is_known else {}

    @property
    def query(self) -> str:
        return f"?{urlencode(self.params)}" if self.is_known else ""

    def params_at(self, cursor: str) -> dict[str, str]:
        return {"list": self.list.urlencode(), "at": cursor}

    @property
    def list_address(self) -> str:
        address = reverse("admin:tickets_ticket_changelist")
        return f"{address}?{self.list.urlencode()}" if self.list else address
