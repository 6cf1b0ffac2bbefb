"""The console's pages about tickets: one file for each noun."""

from .feedback import FeedbackAdmin
from .request_type import RequestTypeAdmin
from .thanks import ThanksPhraseAdmin
from .ticket import TicketAdmin

__all__ = ["FeedbackAdmin", "RequestTypeAdmin", "ThanksPhraseAdmin", "TicketAdmin"]
