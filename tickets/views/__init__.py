"""The portal's pages, one module for each noun of the domain."""

from .conversation import ReplyView
from .dashboard import DashboardView
from .draft import DraftView
from .editing import ChooseView, EditView
from .feedback import FeedbackView
from .lifecycle import ReopenView, WithdrawView
from .submission import SubmitView
from .ticket import TicketView

__all__ = [
    "ChooseView",
    "DashboardView",
    "DraftView",
    "EditView",
    "FeedbackView",
    "ReopenView",
    "ReplyView",
    "SubmitView",
    "TicketView",
    "WithdrawView",
]
