"""Everybody the page of a ticket names or offers, read together: a page has few queries to spend."""

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from accounts.models import User

from ..models import Mention, Presence, RequestType, Ticket
from ..timeline import Names


class Around(Names):
    """Who acted on a ticket, is mentioned, could have it, or is looking at it; and the request types.

    The timeline asks for the names it shows; then the other attributes can be read. Two queries.
    """

    def __init__(self, ticket: Ticket, viewer: User) -> None:
        self._ticket, self._viewer = ticket, viewer

    def people(self, ids: set[int]) -> dict[int, User]:
        ticket = self._ticket
        able = Q(pk__in=User.objects.who_can_work_tickets().values("pk"))
        mentioned = Q(pk__in=Mention.objects.filter(event__ticket=ticket.pk).values("person"))
        here = Presence.objects.current().filter(ticket=ticket.pk)
        people = (
            User.objects.filter(
                Q(pk__in=ids | {ticket.assignee_id}) | able | mentioned | Q(pk__in=here.values("person"))
            )
            .annotate(
                writes=Subquery(here.filter(person=OuterRef("pk")).values("writing")),
                is_able=ExpressionWrapper(able, BooleanField()),
                is_mentioned=ExpressionWrapper(mentioned, BooleanField()),
            )
            .order_by("last_name", "first_name", "pk")
        )
        self._people = list(people)
        return {person.pk: person for person in self._people}

    def mentioned(self, ticket: Ticket) -> list[User]:
        return [person for person in self._people if person.is_mentioned]

    def types(self, ids: set[int]) -> dict[int, RequestType]:
        needed = Q(pk__in=ids | {self._ticket.request_type_id})
        self._types = list(RequestType.objects.filter(Q(is_active=True) | needed))
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
