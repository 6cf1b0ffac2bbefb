"""Everybody the page of a ticket names or offers, read together: a page has few queries to spend."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value

from accounts.models import User

from ..models import Presence, RequestType, Ticket
from ..models.presence import oldest_current
from ..timeline import Names


def _people(ticket: Ticket, since: datetime) -> QuerySet[User]:
    """Who can work tickets; then who is at this one, which may be the same. writes: None for those who are
    not at it.
    """
    here = Presence.objects.filter(ticket=ticket, seen_at__gt=since)
    writes = Subquery(here.filter(person=OuterRef("pk")).values("writing"))
    able = User.objects.who_can_work_tickets().annotate(writes=writes, is_able=Value(True))
    others = User.objects.filter(pk__in=here.values("person"))
    # Not one query that asks twice who is able: PostgreSQL takes longer to plan that than to answer it.
    together = able.union(others.annotate(writes=writes, is_able=Value(False)), all=True)
    return together.order_by("-is_able", "last_name", "first_name", "pk")


class Around(Names):
    """Who acted on a ticket, is mentioned, could have it, or is looking at it; and the request types.

    The timeline asks for the names it shows; then the other attributes can be read. Two queries, and one
    more where somebody is named who neither works tickets nor is there.
    """

    def __init__(self, ticket: Ticket, viewer: User) -> None:
        self._ticket, self._viewer = ticket, viewer

    def people(self, ids: set[int]) -> dict[int, User]:
        found: dict[int, Any] = {}
        for person in _people(self._ticket, oldest_current()):
            found.setdefault(person.pk, person)
        self._people = list(found.values())
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
        able, now = [person for person in self._people if person.is_able], self._ticket.assignee
        return able if now is None or now in able else [*able, now]

    @property
    def possible_types(self) -> list[RequestType]:
        return [t for t in self._types if t.is_active or t.pk == self._ticket.request_type_id]

    @property
    def presences(self) -> list[Presence]:
        """Who else is at this ticket now, those who write first."""
        here = [
            Presence(ticket=self._ticket, person=person, writing=person.writes)
            for person in self._people
            if person.writes is not None and person.is_active and person != self._viewer
        ]
        return sorted(here, key=lambda presence: not presence.writing)
