"""What: the table of contents of the domain."""

from .attachment import Attachment
from .bulk_change import BulkChange, BulkStep
from .canned_reply import CannedReply
from .columns import ChosenColumns, Column
from .dead_task import DeadTask
from .draft import Draft, Voice
from .event import TicketEvent
from .feedback import Feedback
from .mention import Mention
from .message import Message
from .notification import Notification, NotificationKind, NotificationQuerySet, Reason
from .periodic_job import PeriodicJob
from .preference import Preference
from .presence import Presence
from .request_type import RequestType
from .saved_view import SavedView
from .status import HoldReason, Status
from .thanks import ThanksPhrase
from .ticket import Ticket, TicketQuerySet
from .upload import Upload
from .watch import Watch
from .worker_beat import WorkerBeat

__all__ = [
    "Attachment",
    "BulkChange",
    "BulkStep",
    "CannedReply",
    "ChosenColumns",
    "Column",
    "DeadTask",
    "Draft",
    "Feedback",
    "HoldReason",
    "Mention",
    "Message",
    "Notification",
    "NotificationKind",
    "NotificationQuerySet",
    "PeriodicJob",
    "Preference",
    "Presence",
    "Reason",
    "RequestType",
    "SavedView",
    "Status",
    "ThanksPhrase",
    "Ticket",
    "TicketEvent",
    "TicketQuerySet",
    "Upload",
    "Voice",
    "Watch",
    "WorkerBeat",
]
