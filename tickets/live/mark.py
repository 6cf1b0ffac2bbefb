"""What a page is drawn after: with it a stream tells what has happened since, so that nothing is fetched again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User

from .message import reader_of

# Where in the scope streams.py leaves it for the page.
MARK = "helpdesk.mark"


@dataclass(frozen=True, slots=True)
class Mark:
    """Taken before a page reads anything: all that was told until then is in it.

    number: of the last message that was told. written: writes it so that only this reader can come with it.
    """

    number: int
    written: Callable[[int, str], str]

    def for_reader(self, person: User) -> str:
        return self.written(
            self.number, reader_of(person.pk, person.can_see_every_ticket, person.can_work_tickets)
        )


def mark_of(scope: Mapping[str, Any], person: User) -> str:
    """Answer what a page names for its stream, "" where nobody watches what happens. One query at most.

    scope: of the page's request.
    """
    mark = scope.get(MARK)
    return mark.for_reader(person) if mark else ""
