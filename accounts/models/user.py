"""A person who can sign in: by e-mail address, as User or Admin."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractUser, Group
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from ..errors import LastAdmin, NotAllowed
from ..roles import Role
from .people import UserManager


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(
        "email",
        unique=True,
        error_messages={"unique": "Another account has this address."},
    )
    first_name = models.CharField(
        "first name", max_length=150, validators=[ProhibitNullCharactersValidator()]
    )
    last_name = models.CharField("surname", max_length=150, validators=[ProhibitNullCharactersValidator()])

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        constraints = [
            # With the unique index: Anna@Example.com and anna@example.com cannot be two people.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]
        indexes = [
            # Manage Users: everybody, by surname, paged by key
            models.Index(fields=["last_name", "first_name", "id"], name="user_by_name"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        # Not AbstractUser.clean: it keeps the case of the part before the @.
        self.email = (self.email or "").strip().lower()

    def clean_fields(self, exclude: Any = None) -> None:
        self.clean()
        super().clean_fields(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)

    # -- questions ---------------------------------------------------------------------------
    @property
    def role(self) -> str:
        """The role's name. is_staff is its mark on the row; only set_role changes either."""
        return Role.ADMIN if self.is_staff else Role.USER

    @property
    def is_admin(self) -> bool:
        return self.is_active and self.is_staff

    @property
    def can_work_tickets(self) -> bool:
        """May act on any ticket and be assigned to one. One query for each user object, then kept."""
        return self.has_perm("tickets.change_ticket")

    @property
    def can_see_every_ticket(self) -> bool:
        return self.has_perm("tickets.view_ticket")

    @property
    def asks_to_be_admin(self) -> bool:
        """A request of this person's waits for an admin. One query."""
        return self.admin_requests.filter(outcome="").exists()

    @property
    def new_email(self) -> str:
        """The address this person wants to change to and has not confirmed yet, or "". One query."""
        pending = EmailAddress.objects.filter(user=self, primary=False, verified=False).first()
        return pending.email if pending else ""

    def could_have_email(self, email: str) -> bool:
        """Say whether nobody else signs in with this address or has proved that it is theirs. Two queries."""
        others = User.objects.exclude(pk=self.pk).filter(email=email)
        proved = EmailAddress.objects.exclude(user=self).filter(email=email, verified=True)
        return not (others.exists() or proved.exists())

    # -- verbs -------------------------------------------------------------------------------
    @transaction.atomic
    def set_role(self, role: str, *, by: "User | None") -> None:
        """Make this person a User or an Admin. Does nothing if they are one already.

        A request to be an admin that still waits is granted with it.
        by: the admin acting, or None for the system and for operators.
        Raises NotAllowed if `by` may not change people, LastAdmin if no active admin would be left.
        """
        self._check_right_of(by)
        if role != Role.ADMIN:
            self._keep_an_admin()
        group = Group.objects.get(name=role)
        other = Role.USER if role == Role.ADMIN else Role.ADMIN
        self.groups.remove(*Group.objects.filter(name=other))
        self.groups.add(group)
        self.is_staff = role == Role.ADMIN
        if not self.is_staff:
            self.is_superuser = False
        self.save(update_fields=["is_staff", "is_superuser"])
        if self.is_staff:
            self.admin_requests.filter(outcome="").update(
                outcome="granted", decided_at=timezone.now(), decided_by=by
            )

    @transaction.atomic
    def ask_to_be_admin(self) -> None:
        """Leave a request that an existing admin decides, and tell the admins by e-mail."""
        from ..mail import announce_admin_request

        request = self.admin_requests.create()
        announce_admin_request.enqueue(request.pk)

    def rename(self, first_name: str, last_name: str) -> None:
        """Change this person's name, and nothing else on the row: the role may change meanwhile."""
        self.first_name, self.last_name = first_name, last_name
        self.save(update_fields=["first_name", "last_name"])

    @transaction.atomic
    def ask_to_change_email(self, email: str) -> EmailAddress:
        """Remember the address this person wants; it counts once confirmed. Answers its row."""
        self.forget_new_email()
        return EmailAddress.objects.create(user=self, email=email.strip().lower())

    def forget_new_email(self) -> None:
        EmailAddress.objects.filter(user=self, primary=False).delete()

    @transaction.atomic
    def change_email(self, email: str, *, by: "User | None") -> None:
        """Give this person another address at once, vouched for by whoever acts; the old one is told.

        Every other address of theirs goes, also one that waits to be confirmed: its link would undo this.
        by: the admin acting, or None for operators.
        Raises NotAllowed if `by` may not change people, ValidationError if the address is not one or
        another account has it.
        """
        from ..mail import send_address_changed

        self._check_right_of(by)
        old, self.email = self.email, email
        self.full_clean(exclude=["password"])
        self.save(update_fields=["email"])
        EmailAddress.objects.filter(user=self).delete()
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
        send_address_changed(self, old)

    @transaction.atomic
    def deactivate(self, *, by: "User | None") -> None:
        """Close this account: no sign-in, sessions end, history stays.

        by: the admin acting, or None for operators.
        Raises NotAllowed if `by` may not change people, LastAdmin if no active admin would be left.
        """
        self._check_right_of(by)
        self._keep_an_admin()
        self.is_active = False
        self.save(update_fields=["is_active"])

    def activate(self, *, by: "User | None") -> None:
        """Open a closed account again. Raises NotAllowed if `by` may not change people."""
        self._check_right_of(by)
        self.is_active = True
        self.save(update_fields=["is_active"])

    # -- inside ------------------------------------------------------------------------------
    @staticmethod
    def _check_right_of(by: "User | None") -> None:
        if by is not None and not by.has_perm("accounts.change_user"):
            raise NotAllowed

    def _keep_an_admin(self) -> None:
        """Raise LastAdmin if this is the only active admin.

        Locks the rows of all active admins, so that two admins cannot remove each other at once
        (on SQLite the IMMEDIATE transaction is the lock). Most people are none: they lock nothing.
        """
        active_admins = User.objects.filter(is_staff=True, is_active=True)
        if not active_admins.filter(pk=self.pk).exists():
            return
        admins = active_admins.select_for_update(no_key=True).order_by("pk")
        if [admin.pk for admin in admins] == [self.pk]:
            raise LastAdmin
