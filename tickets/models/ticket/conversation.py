"""What people write to each other about a ticket, and what admins write among themselves."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from accounts.models import User

from ...errors import NeedsReason, NotAllowed, ReplyConflict, WrongStatus, require
from ...events import Kind, event_kinds
from ...text.mentions import mentioned_in
from ...text.note_leaks import repeated_sentences
from ...text.thank_you import is_bare_thanks
from ...text.validators import clean_text, validate_visible
from ..draft import Draft, Visibility
from ..message import Message, Part
from ..thank_you_phrase import ThankYouPhrase
from ..upload import Upload
from ..watch import Watch
from .assignment import take_along
from .base import TicketBase
from .change import Change
from .lifecycle import enter, enter_again, lead_to
from .status import HoldReason, Status


class Conversation(TicketBase):
    class Meta:
        abstract = True

    def reply(
        self,
        text: str,
        *,
        by: User | None,
        then: str = "",
        hold_reason: str = "",
        take: bool = False,
        files: Iterable[Upload] = (),
        version: int | None = None,
        draft: str = "",
        at: datetime | None = None,
    ) -> None:
        """Write to the requester, or as the requester to those who work the ticket.

        A requester's reply ends On Hold and reopens Resolved, unless it only says thanks, without a file.

        text: may be empty if there are files.
        by: the person acting, or None for the system.
        then: the status to set in the same step, of those who work tickets; "" leaves it. Whoever replies
            so to a ticket nobody has becomes its assignee.
        hold_reason: why, for On Hold.
        take: whether who replies becomes the assignee, of those who work tickets.
        files: become the reply's attachments.
        version: the one the writer had before them; None for whatever was written since.
        draft: what was kept of it last; one of something else stays.
        at: a moment in the past, for imports; None is now.
        Raises ReplyConflict if the other side or a colleague has written since, EditConflict if `then` is
        given and the status has changed since, or `take` and the assignee. Also NotAllowed, WrongStatus,
        NotAssignable, InTrash, and ValidationError for a text nobody can read.
        """
        with self.change("reply", by=by, at=at) as change:
            self._write(change, text, files)
            if version is not None:
                self._refuse_if_answered_since(version, by)
            if take:
                take_along(self, change, version=version)
            if then:
                self._follow_with(then, hold_reason, change, version=version)
            elif by is not None and by.pk == self.requester_id:
                self._wake(change)
            self._take_part(change, Visibility.REPLY, draft)

    def note(
        self,
        text: str,
        *,
        by: User | None,
        files: Iterable[Upload] = (),
        draft: str = "",
        at: datetime | None = None,
    ) -> None:
        """Write down what only those who work tickets may read, and who of them is mentioned.

        text: may be empty if there are files.
        by: the person acting, or None for the system.
        files: become the note's attachments.
        draft: as for `reply`.
        at: a moment in the past, for imports; None is now.
        Raises NotAllowed, InTrash, and ValidationError for a text nobody can read.
        """
        with self.change("note", by=by, at=at) as change:
            self._write(change, text, files)
            change.mentioned = [person for person in mentioned_in(change.words["text"]) if person != by]
            self._take_part(change, Visibility.NOTE, draft)

    def repeats_note(self, text: str, *, after: int = 0) -> str:
        """Answer a sentence of this public text that stands in an internal note, or "". One query.

        after: a version of the ticket; notes up to it are not looked at.
        """
        notes = Message.objects.filter(
            event__ticket_id=self.pk, event__kind=Kind.NOTED, event__version__gt=after
        )
        return repeated_sentences(text, notes.values_list("event__ticket_id", "body")).get(self.pk, "")

    # -- inside ------------------------------------------------------------------------------
    @staticmethod
    def _write(change: Change, text: str, files: Iterable[Upload]) -> None:
        change.words["text"], change.files = clean_text(text), list(files)
        if not change.files:
            validate_visible(change.words["text"])

    def _take_part(self, change: Change, visibility: Visibility, draft: str) -> None:
        """What was typed is sent; and who takes part hears of what comes next. The requester does anyway."""
        if change.by is not None:
            Draft.objects.forget(
                change.words["text"], draft, ticket=self, visibility=visibility, by=change.by
            )
        if not change.is_past:
            people = (change.by, *change.mentioned)
            Watch.objects.begin((one for one in people if one and one.pk != self.requester_id), self)

    def _refuse_if_answered_since(self, version: int, by: User | None) -> None:
        require(0 < version <= self.version, WrongStatus)
        # A question, a solution and a reason are read by the other side as replies are.
        said = Q(kind=Kind.REPLIED) | Q(kind__in=event_kinds.answering(), messages__part=Part.TEXT)
        later = self.events.filter(said, version__gt=version).exclude(actor=by)
        require(not later.exists(), ReplyConflict(self.version))

    def _follow_with(self, then: str, hold_reason: str, change: Change, *, version: int | None) -> None:
        """Set the status a reply asks for, as the verb of that status would."""
        require(change.by is None or change.by.can_work_tickets, NotAllowed)
        if version is not None:
            self.refuse_if_changed_since(version, ("status", "hold_reason"))
        if then == self.status and then != Status.ON_HOLD:
            return
        require(not self.is_closed or bool(change.words["text"].strip()), WrongStatus(NeedsReason.message))
        if self.assignee_id is None and change.by is not None:
            self.assignee = change.by
        lead_to(self, then, hold_reason, change)

    def _wake(self, change: Change) -> None:
        """The requester has said something, and more than thanks: it is the help desk's turn again."""
        phrases = set(ThankYouPhrase.objects.filter(is_active=True).values_list("phrase", flat=True))
        names = f"{self.assignee or ''} {self.requester}"
        was_asked = self.status == Status.ON_HOLD and self.hold_reason == HoldReason.REQUESTER
        text = change.words["text"]
        if not change.files and is_bare_thanks(text, phrases, names, was_asked=was_asked):
            change.is_bare_thanks = True
            return
        if self.status == Status.ON_HOLD:
            enter(self, Status.IN_PROGRESS, change.moment)
        elif self.is_resolved:
            enter_again(self, change.moment)
