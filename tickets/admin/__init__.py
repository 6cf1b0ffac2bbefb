"""The console's pages about tickets: one file for each noun."""

from . import colleagues, dashboard
from .audit import AuditAdmin
from .canned_reply import CannedReplyAdmin
from .feedback import FeedbackAdmin
from .request_type import RequestTypeAdmin
from .saved_view import SavedViewAdmin
from .thank_you_phrase import ThankYouPhraseAdmin
from .ticket import TicketAdmin

__all__ = [
    "AuditAdmin",
    "CannedReplyAdmin",
    "FeedbackAdmin",
    "RequestTypeAdmin",
    "SavedViewAdmin",
    "ThankYouPhraseAdmin",
    "TicketAdmin",
    "colleagues",
    "dashboard",
]
