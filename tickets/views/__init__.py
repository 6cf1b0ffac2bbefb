"""The portal's pages, one module for each noun of the domain."""

from .conversation import ReplyView
from .dashboard import DashboardView
from .draft import DraftView
from .editing import ChooseView, EditView
from .feedback import FeedbackView
from .files import DownloadView, PreviewView, RemoveUploadView, UploadView
from .lifecycle import ReopenView, WithdrawView
from .live import LiveView
from .submission import SubmitView
from .ticket import TicketLiveView, TicketView

__all__ = [
    "ChooseView",
    "DashboardView",
    "DownloadView",
    "DraftView",
    "EditView",
    "FeedbackView",
    "LiveView",
    "PreviewView",
    "RemoveUploadView",
    "ReopenView",
    "ReplyView",
    "SubmitView",
    "TicketLiveView",
    "TicketView",
    "UploadView",
    "WithdrawView",
]
