"""Every page of the portal."""

from django.urls import path

from . import converters, views  # noqa: F401, registers <ticket:...>

urlpatterns = [
    path("", views.DashboardView.as_view(), name="dashboard"),
    path("live/", views.DashboardView.as_view(extra_context={"live": True}), name="dashboard_live"),
    path("new/", views.SubmitView.as_view(), name="ticket_create"),
    path("new/draft/", views.SubmissionDraftView.as_view(), name="ticket_create_draft"),
    path("new/draft/discard/", views.DiscardSubmissionDraftView.as_view(), name="ticket_create_discard"),
    path("update/", views.ChooseView.as_view(), name="ticket_choose"),
    path("uploads/", views.UploadView.as_view(), name="uploads"),
    path("uploads/<ticket:pk>/remove/", views.RemoveUploadView.as_view(), name="upload_remove"),
    path("unwatch/<str:token>/", views.UnwatchView.as_view(), name="unwatch"),
    path("<ticket:number>/", views.TicketView.as_view(), name="ticket"),
    path("<ticket:number>/live/", views.TicketLiveView.as_view(), name="ticket_live"),
    path("<ticket:number>/edit/", views.EditView.as_view(), name="ticket_edit"),
    path("<ticket:number>/draft/", views.DraftView.as_view(), name="ticket_draft"),
    path("<ticket:number>/feedback/", views.FeedbackView.as_view(), name="ticket_feedback"),
    path("<ticket:number>/files/<ticket:pk>/", views.DownloadView.as_view(), name="file"),
    path("<ticket:number>/files/<ticket:pk>/preview/", views.PreviewView.as_view(), name="file_preview"),
    path("<ticket:number>/withdraw/", views.WithdrawView.as_view(), name="ticket_withdraw"),
    path("<ticket:number>/reply/", views.ReplyView.as_view(), name="ticket_reply"),
    path("<ticket:number>/reopen/", views.ReopenView.as_view(), name="ticket_reopen"),
    path("<ticket:number>/watch/", views.WatchView.as_view(), name="ticket_watch"),
    path("<ticket:number>/mute/", views.MuteView.as_view(), name="ticket_mute"),
]
organisation_urlpatterns = [
    path("colours/<slug:digits>.css", views.OrganisationStyleView.as_view(), name="organisation_style"),
    path("logo/<slug:digest>.png", views.OrganisationLogoView.as_view(), name="organisation_logo"),
]
notification_urlpatterns = [
    path("", views.NotificationsView.as_view(), name="notifications"),
    path("latest/", views.LatestView.as_view(), name="notifications_latest"),
    path("bell/", views.BellView.as_view(), name="bell"),
    path("preferences/", views.PreferencesView.as_view(), name="preferences"),
    path("read/", views.ReadAllView.as_view(), name="notifications_read"),
    path("<ticket:pk>/read/", views.ReadView.as_view(), name="notification_read"),
]
