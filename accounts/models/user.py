"""A person who can sign in: by e-mail address, as User or Admin."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.db.folded_field import FoldedField
from helpdesk.mail.addresses import one_spelling, validate_mailable
from helpdesk.models import AuditEvent
from helpdesk.text.folding import composed

from ..audit import AccountEventKind
from ..errors import AccountDeleted, LastAdmin, NotAllowed
from ..mail import announce_admin_request, send_address_changed
from ..offboarding import hand_over
from ..roles import Role
from ..sessions import end_sessions
from ..time_zones import moved, zone_called
from ..validators import validate_name
from .deletion import Deletion
from .managers import UserManager

NAME_COLUMNS = frozenset({"first_name", "last_name", "email"})


class User(Deletion, AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("email"),
        unique=True,
        error_messages={"unique": _("Another account has this address.")},
    )
    first_name = models.CharField(_("first name"), max_length=150, validators=[validate_name])
    last_name = models.CharField(_("surname"), max_length=150, validators=[validate_name])

    # "" is the installation's.
    time_zone = models.CharField(max_length=64, blank=True, default="", db_default="")

    # Whether they were asked and want no other.
    keeps_time_zone = models.BooleanField(default=False, db_default=False)

    # Beside the names for named_like.
    folded = FoldedField(of=sorted(NAME_COLUMNS))

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
        self.email = one_spelling(self.email or "")
        self.first_name, self.last_name = composed(self.first_name), composed(self.last_name)

    def clean_fields(self, exclude: Any = None) -> None:
        self.clean()
        super().clean_fields(exclude)
        if "email" not in (exclude or ()):
            try:
                validate_mailable(self.email)
            except ValidationError as refusal:
                raise ValidationError({"email": refusal}) from refusal

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        columns = kwargs.get("update_fields")
        if columns is not None and not NAME_COLUMNS.isdisjoint(columns):
            kwargs["update_fields"] = {*columns, "folded"}
        super().save(*args, **kwargs)

    # -- questions ---------------------------------------------------------------------------
    @property
    def role(self) -> Role:
        """The role; its label is what people read. is_staff is its mark on the row; only set_role changes either."""
        return Role.ADMIN if self.is_staff else Role.USER

    @property
    def is_admin(self) -> bool:
        return self.is_active and self.is_staff

    @property
    def state(self) -> str:
        """Whether anybody can sign in with it, in a word."""
        if self.deleted_at:
            return gettext("Deleted")
        return gettext("Active") if self.is_active else gettext("Deactivated")

    @property
    def can_work_tickets(self) -> bool:
        """May act on any ticket and be assigned to one. One query for each user object, then kept."""
        return self.has_perm("tickets.change_ticket")

    @property
    def can_see_every_ticket(self) -> bool:
        return self.has_perm("tickets.view_ticket")

    @property
    def can_enter_console(self) -> bool:
        """Staff who see every ticket: admins, and staff in groups of the operator's own."""
        return self.is_active and self.is_staff and self.can_see_every_ticket

    @property
    def asks_to_be_admin(self) -> bool:
        """A request of this person's waits for an admin. One query."""
        return self.admin_requests.filter(outcome="").exists()

    @property
    def has_confirmed_email(self) -> bool:
        """Whether their address is known to be theirs, or need not be. One query where it must."""
        if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
            return True
        return EmailAddress.objects.filter(user=self, email=self.email, verified=True).exists()

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

    @property
    def zone(self) -> ZoneInfo:
        """Where this person's clock hangs; the installation's if they chose none."""
        return zone_called(self.time_zone)

    @property
    def asks_for_time_zone(self) -> bool:
        """Whether they have chosen no time zone, nor said that the installation's is theirs."""
        return not (self.time_zone or self.keeps_time_zone)

    # -- verbs -------------------------------------------------------------------------------
    def lock(self, *, by: "User | None" = None, with_admins: bool = False) -> None:
        """Hold this person's row until the transaction ends, and read it anew. Comes first in a verb.

        by: somebody whose rights must not change meanwhile, either.
        with_admins: hold the rows of all active admins, too, where one of them could be lost.
        Rows of people are locked in one order and before their requests and addresses, so that no two
        verbs wait for each other. Others may still write rows that point at these people.
        Raises AccountDeleted if the row is nobody's any more.
        """
        rows = models.Q(pk__in=[self.pk, *([by.pk] if by else [])])
        if with_admins:
            rows |= models.Q(is_staff=True, is_active=True)
        list(User.objects.filter(rows).order_by("pk").select_for_update(no_key=True).values_list("pk"))
        self.refresh_from_db()
        if self.deleted_at:
            raise AccountDeleted

    @transaction.atomic
    def set_role(self, role: str, *, by: "User | None", successor: "User | None" = None) -> None:
        """Make this person a User or an Admin.

        A request to be an admin that still waits is granted with it, and they are told by email.
        by: the admin acting, or None for the system and for operators.
        successor: takes over the tickets of somebody who stops working them; None if there are none.
        Raises NotAllowed if `by` may not change people, LastAdmin if no active admin would be left,
        HasWork if there are tickets and nobody to take them over.
        """
        self.lock(by=by, with_admins=role != Role.ADMIN)
        self.require_right(by)
        if role != Role.ADMIN:
            self._keep_an_admin()
            hand_over(self, successor, by=by)
        self.become(role, by=by)
        if self.is_staff:
            for request in self.admin_requests.filter(outcome="").select_for_update():
                request.answer("granted", by=by)

    def become(self, role: str, *, by: "User | None") -> None:
        """Change the role and write that down. Only for verbs that hold the locks and have asked `by`'s right."""
        before = self.role
        self.enter_role(role)
        if self.role != before:
            AuditEvent.log(AccountEventKind.ROLE_SET, person=self, by=by, role=[before, self.role])

    def enter_role(self, role: str) -> None:
        """Write the role on the row and in the groups; the operator's own groups stay.

        Only for `become`, and for a new account: it asks nobody and locks nothing.
        """
        self.groups.remove(*Group.objects.filter(name__in=Role.values).exclude(name=role))
        self.groups.add(Group.objects.get(name=role))
        self.is_staff = role == Role.ADMIN
        if not self.is_staff:
            self.is_superuser = False
        self.save(update_fields=["is_staff", "is_superuser"])

    @transaction.atomic
    def ask_to_be_admin(self) -> None:
        """Leave a request that an existing admin decides, and tell the admins by e-mail: once the person's
        address is confirmed, where it must be. Until then it does not count.
        """
        self.admin_requests.create()
        self.announce_admin_request()

    def announce_admin_request(self) -> None:
        """Tell the admins of a request that waits for them, if there is one. They are told once of each."""
        for request in self.admin_requests.waiting():
            announce_admin_request.enqueue(request.pk)

    @transaction.atomic
    def become_first_admin(self) -> bool:
        """Grant this person's waiting request if the installation has no active admin yet.

        To be called once their address is confirmed. Answers whether they are that admin now.
        """
        self.lock()
        request = self.admin_requests.filter(outcome="").first()
        if request is None or not self.is_active or not User.objects.lacks_first_admin():
            return False
        request.grant(by=None)
        self.refresh_from_db()
        return True

    @transaction.atomic
    def rename(self, first_name: str, last_name: str, *, by: "User | None") -> None:
        """Change this person's name, and nothing else on the row: the role may change meanwhile. Does nothing if they
        have it already.

        by: themselves, the admin acting, or None for operators.
        Raises NotAllowed if `by` is somebody else and may not change people.
        """
        self.lock(by=by)
        if by is None or by.pk != self.pk:
            self.require_right(by)
        if (self.first_name, self.last_name) == (first_name, last_name):
            return
        self.first_name, self.last_name = first_name, last_name
        self.save(update_fields=["first_name", "last_name"])
        AuditEvent.log(AccountEventKind.RENAMED, person=self, by=by)

    def begin(self, encoded: str, *, first_name: str, last_name: str) -> None:
        """Let somebody whose account was made for them choose their password, and correct their name. Only for
        Invitation.accept, which holds the locks.

        encoded: the hashed password.
        Raises ValidationError for a name that cannot be.
        """
        self.first_name, self.last_name, self.password = first_name, last_name, encoded
        self.full_clean(exclude=["password"])
        self.save(update_fields=["first_name", "last_name", "password"])
        EmailAddress.objects.filter(user=self, email=self.email).update(verified=True)

    @transaction.atomic
    def choose_time_zone(self, name: str) -> None:
        """Show this person every moment as clocks show it there, and mind their hours by it.

        name: of time_zones.zones(), or "" for the installation's.
        """
        self.lock()
        if self.time_zone != name:
            self.time_zone, self.keeps_time_zone = name, not name
            self.save(update_fields=["time_zone", "keeps_time_zone"])
            moved(self)

    @transaction.atomic
    def keep_time_zone(self) -> None:
        """Ask this person for their time zone no more. One they have chosen meanwhile stays."""
        self.lock()
        if self.asks_for_time_zone:
            self.keeps_time_zone = True
            self.save(update_fields=["keeps_time_zone"])

    @transaction.atomic
    def ask_to_change_email(self, email: str) -> EmailAddress:
        """Remember the address this person wants; it counts once confirmed. Answers its row.

        Asked for again, the row stays: the link that was sent for it is still good.
        """
        self.lock()
        wanted = one_spelling(email)
        EmailAddress.objects.filter(user=self, primary=False).exclude(email=wanted).delete()
        return EmailAddress.objects.get_or_create(user=self, email=wanted)[0]

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
        self.lock(by=by)
        self.require_right(by)
        old, self.email = self.email, email
        self.full_clean(exclude=["password"])
        self.save(update_fields=["email"])
        EmailAddress.objects.filter(user=self).delete()
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
        AuditEvent.log(AccountEventKind.EMAIL_CHANGED, person=self, by=by)
        send_address_changed(self, old)

    def hand_over_work(self, successor: "User | None", *, by: "User | None") -> None:
        """Give what this person has in hand to `successor`, each ticket in a transaction of its own: nobody else's
        change waits for thousands. To be called, outside of any transaction, before the verb that ends their work;
        that one takes along what has come since. Broken off, it can be begun again.

        successor: None does nothing. by: the admin acting, or None for operators.
        Raises as `deactivate` does, before anything is handed over.
        """
        if successor is None:
            return
        with transaction.atomic():
            self.lock(by=by, with_admins=True)
            self.require_right(by)
            self._keep_an_admin()
        hand_over(self, successor, by=by)

    @transaction.atomic
    def deactivate(self, *, by: "User | None", successor: "User | None" = None) -> None:
        """Close this account: no sign-in, sessions end, history stays.

        by: the admin acting, or None for operators. successor: as for set_role.
        Raises NotAllowed if `by` may not change people, LastAdmin if no active admin would be left,
        HasWork if there are tickets and nobody to take them over.
        """
        self.lock(by=by, with_admins=True)
        self.require_right(by)
        self._keep_an_admin()
        hand_over(self, successor, by=by)
        self.is_active = False
        self.save(update_fields=["is_active"])
        end_sessions(self)
        AuditEvent.log(AccountEventKind.DEACTIVATED, person=self, by=by)

    @transaction.atomic
    def activate(self, *, by: "User | None") -> None:
        """Open a closed account again. Raises NotAllowed if `by` may not change people."""
        self.lock(by=by)
        self.require_right(by)
        self.is_active = True
        self.save(update_fields=["is_active"])
        AuditEvent.log(AccountEventKind.ACTIVATED, person=self, by=by)

    # -- rights as they are now --------------------------------------------------------------
    def read_rights_anew(self) -> None:
        """Forget what this object knows of the person's rights, and ask the database once more.

        For verbs, once they hold their locks: whoever waited for one may have lost a right meanwhile. One query,
        and one more when a permission is asked for.
        """
        self.refresh_from_db(fields=["is_active", "is_staff", "is_superuser"])
        for kept in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
            vars(self).pop(kept, None)

    @staticmethod
    def require_right(by: "User | None", right: str = "accounts.change_user") -> None:
        """Raise NotAllowed unless whoever acts may do so now: two admins may be demoting each other.

        by: None for the system and for operators, who may. right: the permission it takes.
        """
        if by is None:
            return
        by.read_rights_anew()
        if not by.has_perm(right):
            raise NotAllowed

    # -- inside ------------------------------------------------------------------------------
    def _keep_an_admin(self) -> None:
        """Raise LastAdmin if this is the only active admin. The admins are locked already."""
        if [*User.objects.active_admins().values_list("pk", flat=True)[:2]] == [self.pk]:
            raise LastAdmin
