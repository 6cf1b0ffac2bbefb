"""Everybody the page of a ticket names or offers, read together: a page has few queries to spend."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from helpdesk.composed import Composed, Param

from ..models import Presence, RequestType, Ticket
from ..models.presence import oldest_current
from ..timeline import Names


def _people(ticket: Param, assignee: Param, since: Param) -> QuerySet[User]:
    """Who can work tickets, has this one, or is at it: `writes` is None for those who are not."""
    able = Q(pk__in=User.objects.who_can_work_tickets().values("pk"))
    here = Presence.objects.filter(ticket=ticket, seen_at__gt=since)
    return (
        User.objects.filter(able | Q(pk=assignee) | Q(pk__in=here.values("person")))
        .annotate(
            is_able=ExpressionWrapper(able, BooleanField()),
            writes=Subquery(here.filter(person=OuterRef("pk")).values("writing")),
        )
        .order_by("last_name", "first_name", "pk")
    )


PEOPLE = Composed(_people)
TYPES = Composed(lambda: RequestType.objects.all())


class Around(Names):
    """Who acted on a ticket, is mentioned, could have it, or is looking at it; and the request types.

    The timeline asks for the names it shows; then the other attributes can be read. Two queries, and one
    more where somebody is named who neither works tickets nor is there.
    """

    def __init__(self, ticket: Ticket, viewer: User) -> None:
        self._ticket, self._viewer = ticket, viewer

    def people(self, ids: set[int]) -> dict[int, User]:
        # No person has the key 0.
        assignee, since = self._ticket.assignee_id or 0, oldest_current()
        self._people: list[Any] = PEOPLE(ticket=self._ticket.pk, assignee=assignee, since=since)
        found = {person.pk: person for person in self._people}
        return found | super().people(ids - found.keys())

    def types(self, ids: set[int]) -> dict[int, RequestType]:
        self._types = TYPES()
        return {request_type.pk: request_type for request_type in self._types}

    @property
    def possible_assignees(self) -> list[User]:
        """Whom the ticket can be handed to, and whoever has it now, by surname."""
        return [person for person in self._people if person.is_able or person.pk == self._ticket.assignee_id]

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
