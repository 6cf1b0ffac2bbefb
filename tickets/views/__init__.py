"""The portal's pages, one module for each noun of the domain."""

from .conversation import ReplyView
from .dashboard import DashboardView
from .draft import DraftView
from .editing import ChooseView, EditView
from .feedback import FeedbackView
from .files import DownloadView, PreviewView, RemoveUploadView, UploadView
from .lifecycle import ReopenView, WithdrawView
from .live import LiveView
from .notification import BellView, LatestView, NotificationsView, PreferencesView, ReadAllView, ReadView
from .organisation import OrganisationLogoView, OrganisationStyleView
from .submission import SubmitView
from .submission_draft import DiscardSubmissionDraftView, SubmissionDraftView
from .ticket import TicketLiveView, TicketView
from .unwatch import UnwatchView
from .watch import MuteView, WatchView

__all__ = [
    "BellView",
    "ChooseView",
    "DashboardView",
    "DiscardSubmissionDraftView",
    "DownloadView",
    "DraftView",
    "EditView",
    "FeedbackView",
    "LatestView",
    "LiveView",
    "MuteView",
    "NotificationsView",
    "OrganisationLogoView",
    "OrganisationStyleView",
    "PreferencesView",
    "PreviewView",
    "ReadAllView",
    "ReadView",
    "RemoveUploadView",
    "ReopenView",
    "ReplyView",
    "SubmissionDraftView",
    "SubmitView",
    "TicketLiveView",
    "TicketView",
    "UnwatchView",
    "UploadView",
    "WatchView",
    "WithdrawView",
]
