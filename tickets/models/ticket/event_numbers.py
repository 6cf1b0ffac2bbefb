"""How a person counts what happened to a ticket: by what they may see, as gaps would tell of the rest."""

from bisect import bisect_right
from collections.abc import Sequence

from accounts.models import User

from ..event import TicketEvent
from .base import TicketBase


class EventNumbers(TicketBase):
    class Meta:
        abstract = True

    def versions_for(self, viewer: User) -> Sequence[int]:
        """Answer the versions of the events this person may see, of their event number 1 first. One query,
        none for those who see everything: they count as the ticket does.
        """
        if viewer.can_see_every_ticket:
            return range(1, self.version + 1)
        events = TicketEvent.objects.filter(ticket=self.pk).visible_to(viewer)
        return list(events.order_by("version").values_list("version", flat=True))

    def number_for(self, viewer: User) -> int:
        """Answer the number of the newest event this person may see of the ticket as it is known here."""
        return bisect_right(self.versions_for(viewer), self.version)

    def version_after(self, number: int, viewer: User) -> int:
        """Answer the newest version at which this person saw so many events: what came in between is hidden
        from them, and no reason to refuse what they decided on.

        For a number no event has: a version that does not exist, which verbs refuse.
        """
        versions = self.versions_for(viewer)
        if not 0 < number <= len(versions):
            return self.version + 1
        return versions[number] - 1 if number < len(versions) else self.version
