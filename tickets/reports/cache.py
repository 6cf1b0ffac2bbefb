"""What is counted from the whole event log, kept by each process until anything happens."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.utils import timezone

from ..models import TicketEvent

# On PostgreSQL a number given earlier can be committed later: the state is told by so many events, not one.
NEWEST = 200

Answer = TypeVar("Answer")


def state_of_the_log() -> Hashable:
    """Answer something that is different after every event, and on every day. One query."""
    newest = TicketEvent.objects.order_by("-pk").values_list("pk", "hash")[:NEWEST]
    return tuple(newest), timezone.localdate(), timezone.get_current_timezone_name()


class ReportCache:
    """Answers to questions about one state of the log.

    Only for numbers and keys: a name or a word of somebody may change without an event of a ticket, and
    what a person may see is asked each time.
    """

    def __init__(self) -> None:
        self._kept: tuple[Hashable, dict[Hashable, Any]] = (None, {})

    def answer(self, state: Hashable, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """Answer `question` as it was answered for the same state, or find the answer and keep it.

        state: read before anything the answer is made of, so that a change in between is noticed.
        """
        # One attribute, read once: a thread never puts its answer beside another state. Two may find the same.
        kept = self._kept
        if kept[0] != state:
            kept = self._kept = (state, {})
        if question not in kept[1]:
            kept[1][question] = find()
        answer: Answer = kept[1][question]
        return answer
