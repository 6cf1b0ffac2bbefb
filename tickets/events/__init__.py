"""Everything that can happen to a ticket, how its row follows from that, and who is told as it happens."""

from .kinds import Kind
from .reasons import NotificationKind, Reason
from .registry import CODE_LENGTH, Answers, EventKind, event_kinds, kind_choices
from .replay import BLANKED, replay
from .subscribers import publish, subscribe, unsubscribe
from .wording import EventFacts

__all__ = [
    "BLANKED",
    "CODE_LENGTH",
    "Answers",
    "EventFacts",
    "EventKind",
    "Kind",
    "NotificationKind",
    "Reason",
    "event_kinds",
    "kind_choices",
    "publish",
    "replay",
    "subscribe",
    "unsubscribe",
]
