"""Signing in and out, and showing once more that it is you."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _

from helpdesk.web.form_recovery import FormRecoveryMixin
from helpdesk.web.frame import FramedMixin

from ..forms import PasswordAgainForm, SignInForm
from ..password_again import TEMPLATE, go_on
from .rate_limited import LimitedForm


class SignInView(LimitedForm, allauth_views.LoginView):
    form_class = SignInForm


class SignOutView(FramedMixin, allauth_views.LogoutView):
    pass


class ReauthenticateView(FramedMixin, FormRecoveryMixin, LimitedForm, allauth_views.ReauthenticateView):
    form_class = PasswordAgainForm
    template_name = TEMPLATE

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if not (sealed := form.cleaned_data["sent"]):
            return response
        if done := go_on(self.request, sealed):
            return done
        messages.error(
            self.request, _("What you sent waited too long and was not saved. Please send it again.")
        )
        return response
