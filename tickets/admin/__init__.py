"""The console's pages about tickets: one file for each noun."""

from . import colleagues, dashboard, first_steps
from .announcement import AnnouncementAdmin
from .audit import AuditAdmin
from .canned_reply import CannedReplyAdmin
from .feedback import FeedbackAdmin
from .organisation import OrganisationAdmin
from .request_type import RequestTypeAdmin
from .saved_view import SavedViewAdmin
from .thank_you_phrase import ThankYouPhraseAdmin
from .ticket import TicketAdmin

__all__ = [
    "AnnouncementAdmin",
    "AuditAdmin",
    "CannedReplyAdmin",
    "FeedbackAdmin",
    "OrganisationAdmin",
    "RequestTypeAdmin",
    "SavedViewAdmin",
    "ThankYouPhraseAdmin",
    "TicketAdmin",
    "colleagues",
    "dashboard",
    "first_steps",
]
