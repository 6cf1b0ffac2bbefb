"""What can be refused about an account. Each says, in a sentence for people, what to do next."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class AccountError(Exception):
    message: "StrOrPromise" = _("This cannot be done.")

    def __init__(self, message: "StrOrPromise | None" = None) -> None:
        super().__init__(message or self.message)


class LastAdmin(AccountError):
    message = _("This is the only active admin. Make somebody else an admin first.")


class NotAllowed(AccountError):
    message = _("Only an admin may do this.")


class AlreadyDecided(AccountError):
    message = _("Another admin has already decided this request.")


class NotConfirmed(AccountError):
    message = _("This person has not confirmed their address yet.")


class HasWork(AccountError):
    """Somebody who stops working tickets has some, and nobody who takes them over was named."""


class HasAccount(AccountError):
    message = _("This address already has an account.")


class AlreadyInvited(AccountError):
    message = _("This address is invited already. Send that invitation again, or withdraw it first.")


class InvitationGone(AccountError):
    message = _("This invitation was used or withdrawn, or it has expired.")


class AccountDeleted(AccountError):
    message = _("This account was deleted. Nothing can be changed about it.")


class NotOneself(AccountError):
    message = _("You cannot delete your own account. Ask another admin to do it.")
