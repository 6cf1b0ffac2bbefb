"""Somebody registered as Admin and waits for an existing admin to say yes or no."""

from typing import Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.models import AuditEvent

from ..audit import AccountEventKind
from ..errors import AlreadyDecided, NotConfirmed
from ..mail import send_admin_request_decided
from ..roles import Role
from .user import User


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class AdminRequestQuerySet(models.QuerySet["AdminRequest"]):
    def waiting(self) -> Self:
        """Those to decide: where addresses must be confirmed, of people who have confirmed theirs."""
        undecided = self.filter(outcome="")
        if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
            return undecided
        own = EmailAddress.objects.filter(user=models.OuterRef("user"), primary=True, verified=True)
        return undecided.filter(models.Exists(own))


class AdminRequest(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="admin_requests")
    requested_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When admins were told."
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AdminRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(outcome=""), name="one_waiting_admin_request_each"
            ),
        ]
        indexes = [
            # Console: waiting requests, oldest first
            models.Index(fields=["outcome", "requested_at"], name="admin_request_waiting"),
        ]

    def __str__(self) -> str:
        return gettext("Admin request of %(person)s") % {"person": self.user}

    @property
    def is_waiting(self) -> bool:
        return not self.outcome

    def grant(self, *, by: User | None) -> None:
        """Make the person an admin and tell them by e-mail.

        by: the admin acting, or None for an operator.
        Raises NotAllowed if `by` may not decide, AlreadyDecided if somebody has, NotConfirmed as long as
        nobody has shown that the person's address is theirs.
        """
        self._decide(Outcome.GRANTED, by=by)

    def refuse(self, *, by: User | None) -> None:
        """Leave the person a user and tell them by e-mail. Raises as `grant` does."""
        self._decide(Outcome.REFUSED, by=by)

    @transaction.atomic
    def _decide(self, outcome: str, *, by: User | None) -> None:
        self.user.lock(by=by)
        User.require_right(by, "accounts.change_adminrequest")
        self.refresh_from_db(from_queryset=AdminRequest.objects.select_for_update())
        if not self.is_waiting:
            raise AlreadyDecided
        if not self.user.has_confirmed_email:
            raise NotConfirmed
        self.answer(outcome, by=by)
        if outcome == Outcome.GRANTED:
            self.user.become(Role.ADMIN, by=by)

    def answer(self, outcome: str, *, by: User | None, tell: bool = True) -> None:
        """Write down what was decided and tell the person. Only for verbs that hold the locks.

        tell: not somebody whose account is being deleted.
        """
        self.outcome, self.decided_at, self.decided_by = outcome, timezone.now(), by
        self.save(update_fields=["outcome", "decided_at", "decided_by"])
        kinds = {
            Outcome.GRANTED: AccountEventKind.REQUEST_GRANTED,
            Outcome.REFUSED: AccountEventKind.REQUEST_REFUSED,
        }
        AuditEvent.log(kinds[Outcome(outcome)], person=self.user, by=by)
        if tell:
            send_admin_request_decided(self.user, granted=outcome == Outcome.GRANTED)
