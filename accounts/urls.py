"""Every page about one's account. Only what is used: allauth's other pages have no address here."""

from allauth.account import views as allauth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from .views.email import EmailChangeView, EmailConfirmView
from .views.invitation import InvitationView
from .views.password import PasswordChangeView, PasswordResetFromKeyView, PasswordResetView
from .views.profile import ProfileView
from .views.registration import RegistrationView
from .views.session import ReauthenticateView, SignInView, SignOutView
from .views.time_zone import TimeZoneAnswerView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="profile")),
    path("profile/", ProfileView.as_view(), name="profile"),
    path("time-zone/", TimeZoneAnswerView.as_view(), name="time_zone_answer"),
    path("register/", RegistrationView.as_view(), name="account_signup"),
    path(
        "signup/",
        login_not_required(RedirectView.as_view(pattern_name="account_signup", query_string=True)),
    ),
    path("login/", SignInView.as_view(), name="account_login"),
    path("logout/", SignOutView.as_view(), name="account_logout"),
    # Scripts post here without the slash; a redirect would turn their POST into a GET.
    path("register", RegistrationView.as_view()),
    path("login", SignInView.as_view()),
    path("logout", SignOutView.as_view()),
    path("invitation/<str:token>/", InvitationView.as_view(), name="invitation"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("email/", EmailChangeView.as_view(), name="account_email"),
    path("confirm-email/", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", EmailConfirmView.as_view(), name="account_confirm_email"),
    path("password/change/", PasswordChangeView.as_view(), name="account_change_password"),
    path("password/reset/", PasswordResetView.as_view(), name="account_reset_password"),
    path("password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
]
