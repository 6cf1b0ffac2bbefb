"""Every page about one's account."""

from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("", include("allauth.urls")),
    path("profile/", TemplateView.as_view(template_name="accounts/profile.html"), name="profile"),
]
