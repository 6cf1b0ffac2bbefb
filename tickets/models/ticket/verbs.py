"""The table of verbs: who may, from which status, and what is written. Everything else follows from it:
what a page offers, what a verb refuses, what a bulk change says beforehand.

A ticket in the trash allows nothing but being restored or purged, and having words removed. `submit` is
not here: there is no ticket yet.
"""

from ...events import Kind
from ...permissions import is_requester, may_delete, may_edit, may_rate, may_reopen, may_reply, may_work
from .assignment import Assignment
from .base import Verb
from .editing import EDITABLE, Editing
from .lifecycle import Lifecycle
from .rating import Rating
from .status import UNSOLVED, Status

STATUS = ("status", "hold_reason")

VERBS = {
    "edit": Verb(may_edit, Kind.EDITED, UNSOLVED, touches=EDITABLE, would=Editing.would_edit),
    "assign": Verb(
        may_work,
        Kind.ASSIGNED,
        (*UNSOLVED, Status.RESOLVED),
        touches=("assignee_id",),
        would=Assignment.would_assign,
    ),
    "start": Verb(
        may_work,
        Kind.STARTED,
        (Status.OPEN, Status.ON_HOLD),
        touches=STATUS,
        would=Lifecycle.would_start,
    ),
    "hold": Verb(may_work, Kind.HELD, UNSOLVED, touches=STATUS, would=Lifecycle.would_hold),
    "resolve": Verb(may_work, Kind.RESOLVED, UNSOLVED, touches=STATUS, would=Lifecycle.would_resolve),
    "close": Verb(may_work, Kind.CLOSED, (Status.RESOLVED,), touches=STATUS),
    "reopen": Verb(
        may_reopen,
        Kind.REOPENED,
        (Status.RESOLVED, Status.CLOSED),
        touches=STATUS,
        would=Lifecycle.would_reopen,
    ),
    "withdraw": Verb(is_requester, Kind.WITHDRAWN, UNSOLVED),
    "rate": Verb(may_rate, Kind.RATED, (Status.RESOLVED, Status.CLOSED), refusal=Rating.rating_refusal),
    "reply": Verb(may_reply, Kind.REPLIED),
    "note": Verb(may_work, Kind.NOTED),
    "change_properties": Verb(may_work, Kind.CHANGED),
    "trash": Verb(may_delete, Kind.TRASHED),
    "restore": Verb(may_delete, Kind.RESTORED, in_trash=True),
    "purge": Verb(may_delete, Kind.PURGED, in_trash=True),
    "redact": Verb(may_delete, Kind.REDACTED, in_trash=None),
}
