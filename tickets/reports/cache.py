"""What is counted from the whole event log, kept by each process until anything happens."""

from collections.abc import Callable, Hashable
from datetime import UTC
from typing import Any, NamedTuple, TypeVar

from django.utils import timezone

from ..models import TicketEvent

# On PostgreSQL a number given earlier can be committed later: the state is told by so many events, not one.
NEWEST = 200

Answer = TypeVar("Answer")


class State(NamedTuple):
    """log: different after every event, and on every day in UTC, so that answers do not gather. here: the zone
    and its day, for what is counted by days; people of several zones ask at the same time.
    """

    log: Hashable
    here: Hashable
    # Whether nothing was ever written: there is no ticket, and was none.
    is_empty: bool


def state_of_the_log() -> State:
    """Answer what every answer depends on. One query."""
    now = timezone.now()
    newest = tuple(TicketEvent.objects.order_by("-pk").values_list("pk", "hash")[:NEWEST])
    return State(
        (newest, now.astimezone(UTC).date()),
        (timezone.localdate(now), timezone.get_current_timezone_name()),
        is_empty=not newest,
    )


class ReportCache:
    """Answers to questions about one state of the log.

    Only for numbers and keys: a name or a word of somebody may change without an event of a ticket, and
    what a person may see is asked each time.
    """

    def __init__(self) -> None:
        self._kept: tuple[Hashable, dict[Hashable, Any]] = (None, {})

    def answer(self, state: State, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """Answer `question` as it was answered for the same state, or find the answer and keep it.

        state: read before anything the answer is made of, so that a change in between is noticed.
        """
        # One attribute, read once: a thread never puts its answer beside another state. Two may find the same.
        kept = self._kept
        if kept[0] != state.log:
            kept = self._kept = (state.log, {})
        here = (state.here, question)
        if here not in kept[1]:
            kept[1][here] = find()
        answer: Answer = kept[1][here]
        return answer
