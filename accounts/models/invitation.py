"""Somebody is asked by e-mail to make an account, with a role an admin has chosen."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.mail.addresses import one_spelling
from helpdesk.models import AuditEvent

from ..audit import AccountEventKind
from ..errors import AccountDeleted, AlreadyInvited, HasAccount, InvitationGone
from ..mail import send_invitation
from ..roles import Role
from .user import User

# OWASP ASVS 6.4.1: it works once and for a short time.
LIFETIME = timedelta(hours=48)
TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    """What of a token is kept. It is random and long: a plain hash of it cannot be guessed backwards."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither used nor withdrawn; some may have expired."""
        return self.filter(used_at=None, withdrawn_at=None)

    def waiting(self) -> Self:
        return self.open().filter(expires_at__gt=timezone.now())

    def expired(self) -> Self:
        return self.open().filter(expires_at__lte=timezone.now())

    def usable(self, token: str) -> "Invitation | None":
        """The invitation a link leads to, or None if it leads nowhere (any more). One or two queries."""
        with_people = self.waiting().select_related("invited_by", "person")
        found = with_people.filter(token_hash=hash_of(token)).first()
        return found if found is not None and found.fits_person and found.inviter_may_invite else None

    @transaction.atomic
    def invite(self, email: str, role: str, *, by: User, address_of: Callable[[str], str]) -> "Invitation":
        """Invite somebody, by e-mail.

        by: the admin acting. address_of: makes of a token the link in the mail.
        Raises NotAllowed, HasAccount, AlreadyInvited, and ValidationError for what is no address.
        """
        by.lock()
        User.require_right(by)
        invitation = Invitation(email=one_spelling(email), role=role, invited_by=by)
        invitation.clean_fields(exclude=["token_hash"])
        _refuse_known(invitation.email)
        if self.open().filter(email=invitation.email).exists():
            raise AlreadyInvited
        invitation._send(address_of)
        AuditEvent.log(AccountEventKind.INVITED, person=None, by=by, **invitation._facts)
        return invitation

    @transaction.atomic
    def invite_caller(
        self, email: str, *, first_name: str, last_name: str, by: User, address_of: Callable[[str], str]
    ) -> User:
        """Make the account of somebody who asks for help and has none, and invite them to choose a password.

        Where the address is invited already that invitation becomes theirs; its link stays good for as long as it is.
        by: the admin acting. address_of: makes of a token the link in the mail.
        Raises NotAllowed, HasAccount, AlreadyInvited, and ValidationError for what is no name or address.
        """
        by.lock()
        User.require_right(by)
        # One new account at a time, as at registration.
        User.objects.lacks_first_admin()
        _refuse_known(one_spelling(email))
        try:
            with transaction.atomic():
                person = User.objects.create_for(email, first_name=first_name, last_name=last_name, by=by)
        except IntegrityError as another:
            # Somebody took the address a moment ago.
            raise HasAccount from another
        waits = self.open().select_for_update(no_key=True).filter(email=person.email).first()
        if waits is not None and waits.is_waiting and waits.inviter_may_invite:
            waits.person = person
            waits.save(update_fields=["person"])
            return person
        invitation: Invitation = waits or Invitation(email=person.email)
        invitation.person, invitation.role, invitation.invited_by = person, Role.USER, by
        invitation._send(address_of)
        AuditEvent.log(AccountEventKind.INVITED, person=person, by=by, **invitation._facts)
        return person


class Invitation(models.Model):
    """invited_by: whoever sent it last; it is void while they may not invite. person: whose account came of it, or
    for whom one was made before they had a password.

    The link's token is in the mail alone; here is its hash.
    """

    email = models.EmailField(_("email"))
    role = models.CharField(max_length=10, choices=Role, default=Role.USER)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="invitations"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="one_open_invitation_each",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Invitation of %(email)s") % {"email": self.email}

    # -- questions ---------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.withdrawn_at is None

    @property
    def is_waiting(self) -> bool:
        return self.is_open and self.expires_at > timezone.now()

    @property
    def inviter_may_invite(self) -> bool:
        """Whoever is no admin any more opens no doors by mails sent before. Two queries for a new object."""
        return self.invited_by.has_perm("accounts.change_user")

    @property
    def fits_person(self) -> bool:
        """Whether the account that was made for them still waits for a password, where there is one: a link in a mail
        must not open one that is in use, or has another address by now.
        """
        person = self.person
        return person is None or (
            person.is_active and person.email == self.email and not person.has_usable_password()
        )

    @property
    def state(self) -> str:
        """What became of it, in a word."""
        if self.used_at:
            return gettext("Accepted")
        if self.withdrawn_at:
            return gettext("Withdrawn")
        return gettext("Waiting") if self.is_waiting else gettext("Expired")

    # -- verbs -------------------------------------------------------------------------------
    @transaction.atomic
    def send_again(self, *, by: User, address_of: Callable[[str], str]) -> None:
        """Send another link, good for 48 hours from now; the one before stops working.

        Raises NotAllowed, InvitationGone if it was used or withdrawn, HasAccount.
        """
        self._begin(by)
        self._refuse_known()
        self.invited_by = by
        self._send(address_of)
        AuditEvent.log(AccountEventKind.INVITED, person=self.person, by=by, **self._facts)

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """Let the link stop working. Raises NotAllowed, InvitationGone."""
        self._begin(by)
        self.withdrawn_at = timezone.now()
        self.save(update_fields=["withdrawn_at"])
        AuditEvent.log(AccountEventKind.INVITE_WITHDRAWN, person=self.person, by=by, **self._facts)

    def accept(self, token: str, password: str, *, first_name: str, last_name: str) -> User:
        """Make the account, of the invitation's own address and role, and use the link up. An account that was made for
        them before becomes theirs.

        The address counts as verified: the link was in its mail.
        Raises InvitationGone if the link stopped working, HasAccount if the address got an account
        meanwhile, ValidationError for a name that cannot be.
        """
        encoded = make_password(password)
        with transaction.atomic():
            made_before = self.person
            self._lock_people(made_before)
            # One new account at a time, as at registration.
            User.objects.lacks_first_admin()
            self._hold()
            same = secrets.compare_digest(self.token_hash, hash_of(token))
            if not (same and self.is_waiting and self.inviter_may_invite):
                raise InvitationGone
            self._refuse_known()
            name = {"first_name": first_name, "last_name": last_name}
            if self.person_id != (made_before and made_before.pk):
                # Somebody made their account while they filled in the form. Their link is still good.
                raise HasAccount
            if made_before is None:
                person = User.objects.create_invited(
                    self.email, encoded, role=self.role, invitation=self.pk, **name
                )
            else:
                person = made_before
                person.begin(encoded, **name)
                AuditEvent.log(AccountEventKind.INVITE_ACCEPTED, person=person, by=person, **self._facts)
                if self.role == Role.ADMIN:
                    person.become(Role.ADMIN, by=self.invited_by)
            self.used_at, self.person = timezone.now(), person
            self.save(update_fields=["used_at", "person"])
        return person

    # -- inside ------------------------------------------------------------------------------
    def _lock_people(self, person: User | None) -> None:
        """Hold the rows of who invites and of whose account was made before, if there is one. Raises InvitationGone."""
        if person is None:
            self.invited_by.lock()
            return
        try:
            person.lock(by=self.invited_by)
        except AccountDeleted as gone:
            raise InvitationGone from gone
        if not self.fits_person:
            raise InvitationGone

    def _refuse_known(self) -> None:
        if not self.fits_person:
            raise HasAccount
        _refuse_known(self.email, but=self.person)

    def _begin(self, by: User) -> None:
        by.lock()
        User.require_right(by)
        self._hold()
        if not self.is_open:
            raise InvitationGone

    def _hold(self) -> None:
        self.refresh_from_db(from_queryset=Invitation.objects.select_for_update(no_key=True))

    def _send(self, address_of: Callable[[str], str]) -> None:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self.token_hash, self.expires_at = hash_of(token), timezone.now() + LIFETIME
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as another:
            # Another admin was faster.
            raise AlreadyInvited from another
        has_account = self.person_id is not None
        link = address_of(token)
        send_invitation(self.email, link, role=self.role, by=self.invited_by, has_account=has_account)

    @property
    def _facts(self) -> dict[str, Any]:
        return {"invitation": self.pk, "role": self.role}


def _refuse_known(email: str, *, but: User | None = None) -> None:
    """Raise HasAccount for an address that is somebody's. but: somebody whose it may be."""
    others = User.objects.exclude(pk=but and but.pk)
    # Also one that somebody has proved to be theirs without signing in with it.
    proved = EmailAddress.objects.filter(email=email, verified=True, user__in=others)
    if others.filter(email=email).exists() or proved.exists():
        raise HasAccount


def forget_address(person: User, former: str) -> None:
    """Withdraw what invites the address a deleted account had, and write its neutral one there."""
    invitations = Invitation.objects.filter(email=former)
    invitations.open().update(withdrawn_at=timezone.now())
    invitations.update(email=person.email)
