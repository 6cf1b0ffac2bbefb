"""What: the table of contents of the domain."""

from helpdesk.models.failed_task import DeadTask
from helpdesk.models.periodic_task import PeriodicJob
from helpdesk.models.worker_heartbeat import WorkerBeat

from .attachment import Attachment
from .bulk_change import BulkChange, BulkStep
from .canned_reply import CannedReply
from .column_preference import ChosenColumns, Column
from .draft import Draft, Voice
from .event import TicketEvent
from .feedback import Feedback
from .mention import Mention
from .message import Message
from .notification import Notification, NotificationKind, NotificationQuerySet, Reason
from .notification_preference import Preference
from .presence import Presence
from .request_type import RequestType
from .saved_view import SavedView
from .thank_you_phrase import ThanksPhrase
from .ticket.status import HoldReason, Status
from .ticket.ticket import Ticket, TicketQuerySet
from .upload import Upload
from .watch import Watch

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
