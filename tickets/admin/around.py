"""Everybody the page of a ticket names or offers, read together: a page has few queries to spend."""

from accounts.models import User
from helpdesk.composed import Composed

from ..models import Presence, RequestType, Ticket
from ..models.presence import oldest_current
from ..timeline import Names

ABLE = Composed(lambda: User.objects.who_can_work_tickets().order_by("last_name", "first_name", "pk"))
TYPES = Composed(lambda: RequestType.objects.all())
HERE = Composed(
    lambda ticket, since: (
        Presence.objects.current(since).filter(ticket=ticket).values_list("person", "writing")
    )
)


class Around(Names):
    """Who acted on a ticket, is mentioned, could have it, or is looking at it; and the request types.

    The timeline asks for the names it shows; then the other attributes can be read. Three queries, and one
    more where somebody is named who cannot work tickets.
    """

    def __init__(self, ticket: Ticket, viewer: User) -> None:
        self._ticket, self._viewer = ticket, viewer

    def people(self, ids: set[int]) -> dict[int, User]:
        self._able = ABLE()
        self._writes = dict(HERE(ticket=self._ticket.pk, since=oldest_current()))
        able = {person.pk: person for person in self._able}
        self._people = able | super().people((ids | self._writes.keys()) - able.keys())
        return self._people

    def types(self, ids: set[int]) -> dict[int, RequestType]:
        self._types = TYPES()
        return {request_type.pk: request_type for request_type in self._types}

    @property
    def possible_assignees(self) -> list[User]:
        """Whom the ticket can be handed to, by surname, and whoever has it now."""
        able, now = self._able, self._ticket.assignee
        return able if now is None or now in able else [*able, now]

    @property
    def possible_types(self) -> list[RequestType]:
        return [t for t in self._types if t.is_active or t.pk == self._ticket.request_type_id]

    @property
    def presences(self) -> list[Presence]:
        """Who else is at this ticket now, those who write first."""
        others = [self._people[key] for key in self._writes.keys() - {self._viewer.pk}]
        here = [
            Presence(ticket=self._ticket, person=person, writing=self._writes[person.pk])
            for person in sorted(others, key=lambda person: (person.last_name, person.pk))
            if person.is_active
        ]
        return sorted(here, key=lambda presence: not presence.writing)
