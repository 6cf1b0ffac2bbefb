"""What a verb can refuse. Each says, in a sentence for people, what is the matter or what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class TicketError(Exception):
    """A verb was refused; nothing was changed."""

    message: StrOrPromise = _("This cannot be done.")

    def __init__(self, message: StrOrPromise | None = None) -> None:
        super().__init__(message or self.message)


def sentence_of(code: str) -> str:
    """Answer what a refusal says, of which only its code was kept; a code of no version we know stays as it is.

    code: the name of its class.
    """
    found: list[type[TicketError]] = [TicketError]
    for kind in found:
        if kind.__name__ == code:
            return str(kind.message)
        found.extend(kind.__subclasses__())
    return code


def require(condition: bool, error: TicketError | type[TicketError]) -> None:
    """Raise `error` unless the condition holds."""
    if not condition:
        raise error


class NotAllowed(TicketError):
    message = _("You may not do this to this ticket.")


class InTrash(TicketError):
    message = _("This ticket is in the trash. Restore it first.")


class WrongStatus(TicketError):
    message = _("The ticket's status no longer allows this. See what has happened since.")


class NotAssignable(TicketError):
    message = _("This ticket cannot be assigned that way.")


class NotRateable(TicketError):
    message = _("This ticket cannot be rated.")


class AlreadyRated(NotRateable):
    message = _("You have already rated this ticket. Thank you.")


class WrongMoment(TicketError):
    """An import named a moment that cannot be: in the future, or before the ticket's last event."""

    message = _("The moment is in the future or before the ticket's last event.")


class ReplyConflict(TicketError):
    """Somebody else wrote to the other side while one typed: read it, then send.

    version: the ticket's version now; a reply that starts from it is sent.
    """

    message = _(
        "Somebody has replied since you opened this page. Read what is new above; then send yours, or change it."
    )

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


class EditConflict(TicketError):
    """Somebody else changed the same field since the version this save started from.

    theirs: column -> the value it has now.
    version: the ticket's version now; a save that starts from it overwrites knowingly.
    untouched: column -> the value it has now, for what was sent but not changed by the sender. A form
        shown again takes it over; with its old value the next save would undo the others' change.
    """

    message = _("Somebody else has changed this ticket since you opened it.")

    def __init__(
        self, theirs: dict[str, object], version: int, untouched: dict[str, object] | None = None
    ) -> None:
        super().__init__()
        self.untouched = untouched or {}
        self.theirs = theirs
        self.version = version


class FileRefused(TicketError):
    message = _("This file cannot be uploaded.")


class FileGone(TicketError):
    message = _("A file was added or removed in the meantime. Check the files, then send again.")


# -- each with its own sentence, so that its name says it all where only that is kept --------------
class NeedsAssignee(NotAssignable):
    message = _("Assign the ticket first: somebody has to work on it.")


class NeedsOpen(NotAssignable):
    message = _("Only an Open ticket can be without an assignee. Choose somebody else.")


class DoesNotWork(NotAssignable):
    message = _("This person does not work tickets. Choose an admin.")


class AlreadyOnHold(WrongStatus):
    message = _("This ticket is already on hold for this reason.")


class NeedsReason(WrongStatus):
    message = _("Say why this closed ticket is opened again.")


class Unseen(TicketError):
    message = _("You can no longer see this ticket.")


class RepeatsNote(TicketError):
    message = _("The requester would read a sentence of an internal note.")


class WrongWords(TicketError):
    message = _("This cannot be used here.")
