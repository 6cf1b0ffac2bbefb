"""How a ticket's row follows from its events."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from .registry import event_kinds

# In the data of a REDACTED event, beside the columns: the versions of the events whose words were removed.
BLANKED = "blanked"


class WrittenEvent(Protocol):
    """What has to be known of an event to follow it: a TicketEvent, whose model stands above this file."""

    data: dict[str, Any]
    version: int
    kind: str
    at: datetime

    @property
    def messages(self) -> Any: ...


def replay(events: Iterable[WrittenEvent]) -> dict[str, Any]:
    """Follow a ticket's events to the row they lead to.

    events: oldest first. Each one's messages are one query unless prefetched.
    Answers column name -> value as the events hold it: ids, codes, ISO 8601 moments, and the words of the title
    and the description.
    """
    row: dict[str, Any] = {}
    for event in events:
        row.update({column: new for column, (_, new) in event.data.items() if column != BLANKED})
        row.update({m.part: m.body for m in event.messages.all() if m.part in ("title", "description")})
        row["version"], row["updated_at"] = event.version, event.at.isoformat()
        if not event_kinds[event.kind].is_internal:
            row["publicly_updated_at"] = row["updated_at"]
    return row
