"""Everybody the page of a ticket names or offers, read together: a page has few queries to spend."""

from collections.abc import Iterable

from accounts.models import User
from accounts.models.managers import NAME

from ..models import Presence, RequestType, Ticket
from ..timeline import Names

ABLE = User.objects.who_can_work_tickets().order_by("last_name", "first_name", "pk").only(*NAME)


class PagePeople(Names):
    """Who acted on a ticket, is mentioned, could have it or is at it; and the request types.

    The timeline asks for the names it shows; then the other attributes can be read. Two queries, and one
    more where somebody is named who does not work tickets.
    """

    def __init__(self, ticket: Ticket, presences: Iterable[Presence]) -> None:
        self._ticket, self._presences = ticket, presences

    def people(self, ids: set[int]) -> dict[int, User]:
        found = {person.pk: person for person in ABLE.all()}
        self._able = list(found.values())
        resolver = self._ticket.resolved_by_id
        wanted = ids.union(
            (presence.person_id for presence in self._presences), [resolver] if resolver else []
        )
        found |= super().people(wanted - found.keys())
        for presence in self._presences:
            presence.person = found[presence.person_id]
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
