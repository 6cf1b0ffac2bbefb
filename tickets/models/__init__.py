"""What: the table of contents of the domain."""

from .after_solving import AfterSolving, AfterSolvingPreference
from .announcement import Announcement
from .attachment import Attachment
from .bulk_change import BulkChange, BulkStep
from .canned_reply import CannedReply
from .column_preference import Column, ColumnPreference
from .draft import Draft, Visibility
from .event import TicketEvent
from .feedback import Feedback
from .mention import Mention
from .message import Message
from .notification import Notification, NotificationQuerySet
from .notification_preference import NotificationPreference
from .organisation import Organisation
from .presence import Presence
from .preview import Preview
from .request_type import RequestType, RequestTypeIcon
from .saved_view import SavedView
from .submission_draft import SubmissionDraft
from .thank_you_phrase import ThankYouPhrase
from .ticket.queryset import TicketQuerySet
from .ticket.status import HoldReason, Status
from .ticket.ticket import Ticket
from .told_event import ToldEvent
from .upload import Upload
from .watch import Watch

__all__ = [
    "AfterSolving",
    "AfterSolvingPreference",
    "Announcement",
    "Attachment",
    "BulkChange",
    "BulkStep",
    "CannedReply",
    "Column",
    "ColumnPreference",
    "Draft",
    "Feedback",
    "HoldReason",
    "Mention",
    "Message",
    "Notification",
    "NotificationPreference",
    "NotificationQuerySet",
    "Organisation",
    "Presence",
    "Preview",
    "RequestType",
    "RequestTypeIcon",
    "SavedView",
    "Status",
    "SubmissionDraft",
    "ThankYouPhrase",
    "Ticket",
    "TicketEvent",
    "TicketQuerySet",
    "ToldEvent",
    "Upload",
    "Visibility",
    "Watch",
]
