"""What can be refused about an account. Each says, in a sentence for people, what to do next."""


class AccountError(Exception):
    message = "This cannot be done."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class LastAdmin(AccountError):
    message = "This is the only active admin. Make somebody else an admin first."


class NotAllowed(AccountError):
    message = "Only an admin may do this."


class AlreadyDecided(AccountError):
    message = "Another admin has already decided this request."


class NotConfirmed(AccountError):
    message = "This person has not confirmed their address yet."


class HasWork(AccountError):
    """Somebody who stops working tickets has some, and nobody who takes them over was named."""


class HasAccount(AccountError):
    message = "This address has an account already."


class AlreadyInvited(AccountError):
    message = "This address is invited already. Send that invitation again, or withdraw it first."


class InvitationGone(AccountError):
    message = "This invitation was used or withdrawn, or it has expired."


class AccountDeleted(AccountError):
    message = "This account was deleted. Nothing can be changed about it."


class NotOneself(AccountError):
    message = "You cannot delete your own account. Ask another admin to do it."
