"""The site map. Each application's own pages are in its urls.py."""

from django.contrib import admin
from django.urls import include, path

from tickets.urls import notification_urlpatterns, organisation_urlpatterns
from tickets.views import LiveView

from .web import health
from .web.help import GuideView, HelpView
from .web.home import HomeView
from .web.language import LanguageView

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("auth/", include("accounts.urls")),
    path("tickets/", include("tickets.urls")),
    path("notifications/", include(notification_urlpatterns)),
    path("organisation/", include(organisation_urlpatterns)),
    path("admin/", admin.site.urls),
    path("help/", HelpView.as_view(), name="help"),
    path("help/<slug:guide>/<slug:page>/", GuideView.as_view(), name="help_page"),
    path("language.js", LanguageView.as_view(), name="language"),
    path("live/", LiveView.as_view(), name="live"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
]

handler400 = "helpdesk.web.error_pages.bad_request"
handler403 = "helpdesk.web.error_pages.permission_denied"
handler404 = "helpdesk.web.error_pages.not_found"
handler500 = "helpdesk.web.error_pages.server_error"
# allauth's own limits look for it; Django knows no such handler.
handler429 = "helpdesk.web.error_pages.too_many_requests"
