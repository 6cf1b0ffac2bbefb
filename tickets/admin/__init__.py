"""The console's pages about tickets: one file for each noun."""

from helpdesk.tasks.failed_task_admin import DeadTaskAdmin

from .audit import AuditAdmin
from .canned_reply import CannedReplyAdmin
from .feedback import FeedbackAdmin
from .request_type import RequestTypeAdmin
from .saved_view import SavedViewAdmin
from .thank_you_phrase import ThanksPhraseAdmin
from .ticket import TicketAdmin

__all__ = [
    "AuditAdmin",
    "CannedReplyAdmin",
    "DeadTaskAdmin",
    "FeedbackAdmin",
    "RequestTypeAdmin",
    "SavedViewAdmin",
    "ThanksPhraseAdmin",
    "TicketAdmin",
]
