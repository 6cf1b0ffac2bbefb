"""How a ticket's row follows from its events."""

from collections.abc import Iterable
from typing import Any

from ..events import event_kinds
from .event import TicketEvent

# In the data of a REDACTED event, beside the columns: the versions of the events whose words were removed.
BLANKED = "blanked"


def replay(events: Iterable[TicketEvent]) -> dict[str, Any]:
    """Follow a ticket's events to the row they lead to.

    Answers column name -> value as the events hold it: ids, codes, ISO 8601 moments, and the words of the
    title and the description.

    events: oldest first. Each one's messages are a query unless prefetched.
    """
    row: dict[str, Any] = {}
    for event in events:
        row.update({column: new for column, (_, new) in event.data.items() if column != BLANKED})
        row.update({m.part: m.body for m in event.messages.all() if m.part in ("title", "description")})
        row["version"], row["updated_at"] = event.version, event.at.isoformat()
        if not event_kinds[event.kind].is_internal:
            row["publicly_updated_at"] = row["updated_at"]
    return row
