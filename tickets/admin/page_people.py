"""Everybody the page of a ticket names or offers, read together: a page has few queries to spend."""

from accounts.models import User

from ..models import RequestType, Ticket
from ..timeline import Names

ABLE = User.objects.who_can_work_tickets().order_by("last_name", "first_name", "pk")


class PagePeople(Names):
    """Who acted on a ticket, is mentioned or could have it; and the request types.

    The timeline asks for the names it shows; then the other attributes can be read. Two queries, and one
    more where somebody is named who does not work tickets.
    """

    def __init__(self, ticket: Ticket) -> None:
        self._ticket = ticket

    def people(self, ids: set[int]) -> dict[int, User]:
        found = {person.pk: person for person in ABLE.all()}
        self._able = list(found.values())
        resolver = self._ticket.resolved_by_id
        found |= super().people((ids | ({resolver} if resolver else set())) - found.keys())
        if resolver is not None:
            self._ticket.resolved_by = found[resolver]
        return found

    def types(self, ids: set[int]) -> dict[int, RequestType]:
        self._types = list(RequestType.objects.all())
        return {request_type.pk: request_type for request_type in self._types}

    @property
    def possible_assignees(self) -> list[User]:
        """Whom the ticket can be handed to, by surname, and whoever has it now."""
        able, now = self._able, self._ticket.assignee
        return able if now is None or now in able else [*able, now]

    @property
    def possible_types(self) -> list[RequestType]:
        return [t for t in self._types if t.is_active or t.pk == self._ticket.request_type_id]
