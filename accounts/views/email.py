"""Changing one's address: the new one counts once the link sent to it was opened."""

from typing import Any, cast

from allauth.account import views as allauth_views
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView
from django.views.generic.edit import FormMixin

from helpdesk.web.frame import FramedMixin
from helpdesk.web.sent_once import sent_once

from ..forms import ChangeEmailForm, ReauthenticateForm
from ..models import User
from ..password_again import PasswordAgainMixin
from ..rate_limits import EMAIL_CHANGES
from .rate_limited import LimitedForm


class EmailChangeView(PasswordAgainMixin, FramedMixin, LimitedForm, FormView):
    """Ask for another address; the password is asked again before. Also forgets such a wish."""

    form_class = ChangeEmailForm
    template_name = "account/email_change.html"
    success_url = reverse_lazy("account_email")

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "forget" in request.POST:
            self.user.forget_new_email()
            messages.success(request, _("Your address was not changed."))
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        user = self.user
        sentence = _("We have sent you many links already. Please try again in {wait}.")
        if not self.count_try(form, EMAIL_CHANGES, sentence, str(user.pk)):
            return self.form_invalid(form)
        with sent_once(self.request, str(self.success_url)):
            address = user.ask_to_change_email(form.cleaned_data["email"])
            is_sent = send_verification_email_to_address(self.request, address)
        if not is_sent:
            messages.info(self.request, _("A link was sent to this address a moment ago; it still works."))
        return super().form_valid(form)


class EmailConfirmView(LimitedForm, FormMixin, allauth_views.ConfirmEmailView):
    """Ask for the account's password; with it, the address counts.

    Whoever opens the link has the address. That the account is theirs as well, and not made in their name by
    somebody who keeps its password, only the password shows, or being signed in with it.
    """

    form_class = ReauthenticateForm
    object: EmailConfirmation | None = None

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.asks_for_password:
            form = self.get_form()
            if not form.is_valid():
                return self.form_invalid(form)
        return super().post(*args, **kwargs)

    @property
    def asks_for_password(self) -> bool:
        person = self.object.email_address.user if self.object else None
        return person is not None and person != self.request.user and person.has_usable_password()

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.object is not None  # noqa: S101, for the type checker
        return {**super().get_form_kwargs(), "user": self.object.email_address.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.asks_for_password:
            kwargs["form"] = None
        return super().get_context_data(**kwargs)

    def logout_other_user(self, confirmation: EmailAddress) -> None:
        """Leave whoever is signed in alone: opening a link changes nothing."""
