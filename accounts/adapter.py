"""What we want of django-allauth otherwise than it does by itself."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.mail.addresses import one_spelling
from helpdesk.mail.delivery import HEADERS, enqueue
from helpdesk.mail.links import absolute
from helpdesk.mail.subject import with_desk_name

from .middleware import SIGNED_OUT
from .models import User
from .rate_limits import KNOWN_ADDRESS_MAILS, SignInAttempt, too_many

UNKNOWN_ACCOUNT = "account/email/unknown_account"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Wrong email or password. Please try again."),
        "incorrect_password": _("This is not your password. Please try again."),
        "enter_current_password": _("This is not your current password. Please try again."),
        "duplicate_email": _("This is already your address."),
    }

    # -- sign-in -----------------------------------------------------------------------------
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._attempt = SignInAttempt(request, credentials.get("email", ""))
        if not self._attempt.take():
            sentence = gettext("Too many sign-ins failed. Wait {wait}, or reset your password.")
            raise too_many(sentence, self._attempt.seconds_left())

    def _rollback_login_failed_rl_usage(self) -> None:
        self._attempt.give_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        SignInAttempt(request, credentials.get("email", "")).forget()

    def get_client_ip(self, request: HttpRequest) -> str:
        """Answer the address of who asks; behind proxies, as many as the operator has named.

        Somebody who reaches us past a proxy cannot name an address: their own connection's counts.
        """
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META.get("REMOTE_ADDR") or "unknown")

    def logout(self, request: HttpRequest) -> None:
        super().logout(request)
        vars(request)[SIGNED_OUT] = True

    # -- what is the same for everybody --------------------------------------------------------
    def is_ajax(self, request: HttpRequest) -> bool:
        """Never answer in JSON: allauth's would hand a typed password back."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Own site only, and only as a path."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        # Only this column: the role may change between reading and writing the row.
        user.set_password(password)
        user.save(update_fields=["password"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    # -- addresses ---------------------------------------------------------------------------
    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Make the address count, unless somebody else has got it since.

        Whoever registered as the first admin becomes it now; of anybody else who registered as Admin the
        admins hear now.
        """
        email_address.user.lock()
        # The row is gone if the address was changed since: saving it would bring it back.
        is_wanted = EmailAddress.objects.filter(pk=email_address.pk).exists()
        if not (is_wanted and email_address.user.could_have_email(email_address.email)):
            self.add_message(
                request,
                messages.ERROR,
                message=gettext("This address cannot be used. Please choose another."),
            )
            return False
        if not super().confirm_email(request, email_address):
            return False
        if email_address.user.become_first_admin():
            text = gettext("You are the first admin of this help desk.")
            self.add_message(request, messages.SUCCESS, message=text)
        else:
            email_address.user.announce_admin_request()
        return True

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        address = emailconfirmation.email_address
        if not address.user.could_have_email(address.email):
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    # -- mail --------------------------------------------------------------------------------
    def format_email_subject(self, subject: str) -> str:
        return with_desk_name(subject)

    def get_reset_password_from_key_url(self, key: str) -> str:
        return absolute(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        url = super().get_email_confirmation_url(request, emailconfirmation)
        return absolute(urlsplit(url).path)

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], *, silently: bool = False
    ) -> None:
        """Render a message and leave it to a later task.

        silently: do all the work and send nothing, so that it takes the same time. So it is, too, for
        an address nobody has here: strangers get no mail from us, whoever types their address.
        """
        message = self.render_mail(template_prefix, email, {"email": email, **context}, dict(HEADERS))
        if silently or template_prefix == UNKNOWN_ACCOUNT:
            message.to = []
        enqueue(message)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Say when it happened by the clock of whom it is sent to, whoever asked for it."""
        with timezone.override(user.zone):
            super().send_notification_mail(template_prefix, user, context, email)

    @transaction.atomic
    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner that somebody used their address: once an hour, however often it is tried."""
        is_due = KNOWN_ADDRESS_MAILS.take(self.request, one_spelling(email))
        context = {"password_reset_url": absolute(reverse("account_reset_password"))}
        self.send_mail("account/email/account_already_exists", email, context, silently=not is_due)
