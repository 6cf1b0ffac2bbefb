"""Everything that can happen to a ticket, and how a ticket's row follows from its events."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from .subscribers import publish, subscribe, unsubscribe

if TYPE_CHECKING:
    from ..models import TicketEvent

__all__ = ["ANSWERS", "BLANKED", "INTERNAL", "Kind", "publish", "replay", "subscribe", "unsubscribe"]


class Kind(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    EDITED = "edited", "Edited"
    ASSIGNED = "assigned", "Assigned"
    STARTED = "started", "Started"
    HELD = "held", "Put on hold"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RATED = "rated", "Rated"
    TRASHED = "trashed", "Moved to trash"
    RESTORED = "restored", "Restored"
    REPLIED = "replied", "Replied"
    NOTED = "noted", "Internal note"
    CHANGED = "changed", "Properties changed"
    REDACTED = "redacted", "Words removed"
    PURGED = "purged", "Purged"


# What only those who work tickets hear of.
INTERNAL = frozenset({Kind.TRASHED, Kind.RESTORED, Kind.NOTED, Kind.REDACTED, Kind.PURGED})
# What answers a requester, if somebody else than the requester says something with it.
ANSWERS = frozenset({Kind.REPLIED, Kind.HELD, Kind.RESOLVED, Kind.REOPENED})
# In the data of a REDACTED event, beside the columns: the versions of the events whose words were removed.
BLANKED = "blanked"


def replay(events: Iterable["TicketEvent"]) -> dict[str, Any]:
    """Follow a ticket's events, oldest first, to the row they lead to.

    Answers column name -> value as the events hold it: ids, codes, ISO 8601 moments, and the words of
    the title and the description. Needs each event's messages (one query each unless prefetched).
    """
    row: dict[str, Any] = {}
    for event in events:
        row.update({column: new for column, (_, new) in event.data.items() if column != BLANKED})
        row.update({m.part: m.body for m in event.messages.all() if m.part in ("title", "description")})
        row["version"], row["updated_at"] = event.version, event.at.isoformat()
        if event.kind not in INTERNAL:
            row["publicly_updated_at"] = row["updated_at"]
    return row
