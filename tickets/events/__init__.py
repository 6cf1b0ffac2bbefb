"""Everything that can happen to a ticket, and all there is to know of each kind of it."""

from .kinds import Kind
from .reasons import NotificationKind, Reason
from .registry import CODE_LENGTH, Answers, EventKind, event_kinds, kind_choices
from .wording import EventFacts

__all__ = [
    "CODE_LENGTH",
    "Answers",
    "EventFacts",
    "EventKind",
    "Kind",
    "NotificationKind",
    "Reason",
    "event_kinds",
    "kind_choices",
]
