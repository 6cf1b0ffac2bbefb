"""The page an invitation's link leads to: a name and a password make the account."""

from copy import copy
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from ..errors import HasAccount, InvitationGone
from ..forms import InvitedForm
from ..models import Invitation
from ..rate_limits import ACCEPTANCES
from .rate_limited import LimitedForm


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password1", "password2"), name="dispatch")
class InvitationView(LimitedForm, FormView):
    """Opening the link changes nothing: mail scanners do it, too. What is no good link is a 404."""

    form_class = InvitedForm
    template_name = "accounts/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        self.token = token
        invitation = Invitation.objects.usable(token)
        if invitation is None:
            raise Http404
        self.invitation = invitation
        if request.user.is_authenticated:
            # They would be signed out of their own account without a word.
            return self.render_to_response({"view": self, "invitation": invitation})
        return super().dispatch(request, *args, token=token, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        # Who asked for help by telephone may find the name as somebody heard it.
        return {
            **super().get_form_kwargs(),
            "email": self.invitation.email,
            "instance": self.invitation.person and copy(self.invitation.person),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"invitation": self.invitation, **kwargs})

    def form_valid(self, form: BaseForm) -> HttpResponse:
        sentence = _("Too many accounts were made from your network. Please try again in {wait}.")
        if not self.count_try(form, ACCEPTANCES, sentence):
            return self.form_invalid(form)
        typed = form.cleaned_data
        try:
            person = self.invitation.accept(
                self.token,
                typed["password1"],
                first_name=typed["first_name"],
                last_name=typed["last_name"],
            )
        except InvitationGone as gone:
            # Used, withdrawn or expired while this page was filled in.
            raise Http404 from gone
        except HasAccount:
            form.add_error(None, _("There is an account with your address by now. Sign in with it."))
            return self.form_invalid(form)
        messages.success(self.request, _("Welcome! Your account is ready."))
        # Verified: the link was in its mail. The session gets a new key.
        login = Login(user=person, email_verification="none", email=person.email)
        return perform_password_login(self.request, {"email": person.email}, login)
