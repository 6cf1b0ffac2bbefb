"""Making an account for oneself."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import passthrough_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from ..forms import RegisterForm
from ..models import Registration, User
from ..rate_limits import REGISTRATION
from ..roles import Role
from .rate_limited import LimitedForm


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters("password1", "password2"), name="dispatch")
class RegistrationView(LimitedForm, FormView):
    """Register, then sign in. A known address gets exactly the same answer as a new one."""

    form_class = RegisterForm
    template_name = "accounts/register.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        sentence = _("Too many people have registered from your network. Please try again in {wait}.")
        if not self.count_try(form, REGISTRATION, sentence):
            return self.form_invalid(form)
        typed = form.cleaned_data
        registration = User.objects.register(
            typed["email"],
            typed["password1"],
            first_name=typed["first_name"],
            last_name=typed["last_name"],
            role=typed["role"],
        )
        self._send_mail(registration, typed["email"])
        messages.success(self.request, self._confirmation(registration, typed["role"]))
        return redirect(self.get_sign_in_url())

    def get_sign_in_url(self) -> str:
        """The sign-in page, keeping where the guest wanted to go."""
        return passthrough_next_redirect_url(self.request, reverse("account_login"), REDIRECT_FIELD_NAME)

    def _send_mail(self, registration: Registration, email: str) -> None:
        if registration.user is None:
            get_adapter().send_account_already_exists_mail(email)
        elif self._must_verify:
            address = EmailAddress.objects.get(user=registration.user, email=email)
            address.send_confirmation(self.request, signup=True)

    @property
    def _must_verify(self) -> bool:
        return app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY

    def _confirmation(self, registration: Registration, role: str) -> str:
        if registration.becomes_admin and self._must_verify:
            return _(
                "You are registered. Open the link in the email we have sent you, then sign in. Opening it makes "
                "you the first admin of this help desk, unless somebody else has become one by then."
            )
        if registration.becomes_admin:
            return _("You are registered. Please sign in. You are the first admin of this help desk.")
        if role == Role.ADMIN and self._must_verify:
            return _(
                "You are registered. Open the link in the email we have sent you, then sign in. An admin will "
                "decide whether you become one, too; until then you work as User."
            )
        if role == Role.ADMIN:
            return _(
                "You are registered. Please sign in. An admin will decide whether you become one, too; until then "
                "you work as User."
            )
        if self._must_verify:
            return _("You are registered. Open the link in the email we have sent you, then sign in.")
        return _("You are registered. Please sign in.")
