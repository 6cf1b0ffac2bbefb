"""Signing in and out, and showing once more that it is you."""

from allauth.account import views as allauth_views

from ..forms import ReauthenticateForm, SignInForm
from .rate_limited import LimitedForm


class SignInView(LimitedForm, allauth_views.LoginView):
    form_class = SignInForm


class SignOutView(allauth_views.LogoutView):
    pass


class ReauthenticateView(LimitedForm, allauth_views.ReauthenticateView):
    form_class = ReauthenticateForm
