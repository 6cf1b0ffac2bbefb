"""Changing a password one knows, and replacing one that is forgotten."""

from typing import Any

from allauth.account import views as allauth_views
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from helpdesk.web.frame import FramedMixin

from ..forms import ChangePasswordForm, ResetPasswordForm, ResetPasswordKeyForm
from ..rate_limits import RESET_MAILS, RESET_NETWORK
from .rate_limited import LimitedForm


class PasswordChangeView(FramedMixin, allauth_views.PasswordChangeView):
    form_class = ChangePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class PasswordResetView(LimitedForm, allauth_views.PasswordResetView):
    """Send a link. The answer is the same whether the address is known, and however often it is asked."""

    form_class = ResetPasswordForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        sentence = _("Too many links were asked for. Please try again in {wait}.")
        if not self.count_try(form, RESET_NETWORK, sentence):
            return self.form_invalid(form)
        # Beyond three an hour the earlier mails are still good: nobody can flood a colleague's mailbox,
        # nor keep them from asking.
        if RESET_MAILS.take(self.request, form.cleaned_data["email"]):
            form.save(self.request)  # type: ignore[attr-defined]
        return redirect(self.get_success_url())


class PasswordResetFromKeyView(allauth_views.PasswordResetFromKeyView):
    form_class = ResetPasswordKeyForm

    def logout(self) -> None:
        # Opening a link changes nothing, not even who is signed in; saving the new password does.
        if self.request.method == "POST":
            super().logout()
