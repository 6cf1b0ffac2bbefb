"""Deleting an account: the person's data goes, what they did stays under a neutral name."""

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from helpdesk.models import AuditEvent
from helpdesk.tasks.erasure import forget_tasks

from ..audit import AccountEventKind
from ..errors import NotOneself
from ..offboarding import forget, hand_over
from ..sessions import end_sessions, forget_typed_text

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User

# RFC 2606: no mail is ever delivered there.
NOWHERE = "deleted.invalid"


class Deletion(models.Model):
    """deleted_at: since then the row is nobody's; it stays because the history points at it."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def neutral_name(self) -> str:
        """What the history calls this person once the account is deleted."""
        return f"Former user {self.pk}"

    @transaction.atomic
    def delete_account(  # type: ignore[misc]
        self: "User", *, by: "User | None", successor: "User | None" = None
    ) -> None:
        """Remove this person's name, address, password and rights for good. No ticket goes.

        What was written in tickets stays, too; the command redact_person removes that.
        by: the admin acting, or None for operators. successor: as for set_role.
        Raises NotAllowed, AccountDeleted if it is already, LastAdmin, HasWork, and NotOneself where an
        admin would delete their own account.
        """
        person: User = self
        person.lock(by=by, with_admins=True)
        person.require_right(by)
        if by is not None and by.pk == person.pk:
            raise NotOneself
        person._keep_an_admin()
        hand_over(person, successor, by=by)
        _close_requests(person, by)
        end_sessions(person)
        former, person.email = person.email, _neutral_email(person)
        EmailAddress.objects.filter(user=person).delete()
        _forget_console_log(person)
        forget_typed_text(person)
        # Before the name goes: also what mails to others say of them.
        forget_tasks([former, person.get_full_name()])
        forget(person, former)
        person.first_name, person.last_name = "Former", f"user {person.pk}"
        person.time_zone = ""
        person.set_unusable_password()
        person.is_active = person.is_staff = person.is_superuser = False
        person.last_login, person.deleted_at = None, timezone.now()
        person.groups.clear()
        person.user_permissions.clear()
        person.save()
        AuditEvent.log(AccountEventKind.DELETED, person=person, by=by)


def _neutral_email(person: "User") -> str:
    """Nobody's address; with something random should somebody have registered with the plain one."""
    plain = f"former-{person.pk}@{NOWHERE}"
    if person.could_have_email(plain):
        return plain
    return f"former-{person.pk}-{get_random_string(12).lower()}@{NOWHERE}"


def _close_requests(person: "User", by: "User | None") -> None:
    for request in person.admin_requests.filter(outcome="").select_for_update():
        request.answer("refused", by=by, tell=False)


def _forget_console_log(person: "User") -> None:
    """What the console wrote about people before there was a log of accounts held names and addresses."""
    about = ContentType.objects.get_for_model(type(person))
    LogEntry.objects.filter(content_type=about, object_id=str(person.pk)).delete()
