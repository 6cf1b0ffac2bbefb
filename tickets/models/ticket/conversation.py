"""What people write to each other about a ticket, and what admins write among themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from ...errors import NotAllowed, ReplyConflict, WrongStatus
from ...events import ANSWERS, Kind
from ...text.mentions import mentioned_in
from ...text.note_leaks import repeated_sentences
from ...text.thank_you import is_bare_thanks
from ...text.validators import clean_text, validate_visible
from ..draft import Visibility
from ..message import Message, Part
from ..thank_you_phrase import ThankYouPhrase
from ..watch import Watch
from .lifecycle import Lifecycle
from .status import Status

if TYPE_CHECKING:
    from accounts.models import User

    from ..upload import Upload


class Conversation(Lifecycle):
    class Meta:
        abstract = True

    @transaction.atomic
    def reply(
        self,
        text: str,
        *,
        by: "User | None",
        then: str = "",
        hold_reason: str = "",
        files: "Iterable[Upload]" = (),
        version: int | None = None,
        at: datetime | None = None,
    ) -> None:
        """Write to the requester, or as the requester to those who work the ticket.

        A requester's reply ends On Hold and reopens Resolved, unless it only says thanks, without a file.
        then: the status to set in the same step, of those who work tickets; "" leaves it. Whoever replies
        so to a ticket nobody has becomes its assignee. hold_reason: why, for On Hold.
        files: become the reply's attachments; the text may be empty then.
        version: the one the writer had before them. Raises ReplyConflict if the other side or a
        colleague has written since, EditConflict if `then` is given and the status has changed since.
        Also raises NotAllowed, WrongStatus, InTrash, and ValidationError for a text nobody can read.
        """
        self._begin("reply", by=by, at=at)
        text, files = clean_text(text), list(files)
        if not files:
            validate_visible(text)
        if version is not None:
            self._refuse_if_answered_since(version, by)
        if then:
            self._follow_with(then, hold_reason, by=by, version=version)
        elif by is not None and by.pk == self.requester_id:
            self._wake(text, files)
        self._forget_draft(Visibility.REPLY, by)
        self._begin_watching([by])
        self._save_and_log(Kind.REPLIED, by=by, files=files, text=text)

    @transaction.atomic
    def note(
        self, text: str, *, by: "User | None", files: "Iterable[Upload]" = (), at: datetime | None = None
    ) -> None:
        """Write down what only those who work tickets may read, and who of them is mentioned.

        Raises NotAllowed, InTrash, and ValidationError for a text nobody can read.
        """
        self._begin("note", by=by, at=at)
        text, files = clean_text(text), list(files)
        if not files:
            validate_visible(text)
        mentioned = [person for person in mentioned_in(text) if person != by]
        self._forget_draft(Visibility.NOTE, by)
        self._begin_watching([by, *mentioned])
        self._save_and_log(Kind.NOTED, by=by, files=files, mentioned=mentioned, text=text)

    def repeats_note(self, text: str) -> str:
        """Answer a sentence of this public text that stands in an internal note, or "". One query."""
        notes = Message.objects.filter(event__ticket_id=self.pk, event__kind=Kind.NOTED)
        return repeated_sentences(text, notes.values_list("event__ticket_id", "body")).get(self.pk, "")

    # -- inside ------------------------------------------------------------------------------
    def _begin_watching(self, people: "Iterable[User | None]") -> None:
        """Who takes part hears of what comes next; the requester does so anyway."""
        if not self._is_history:
            Watch.objects.begin((one for one in people if one and one.pk != self.requester_id), self)

    def _forget_draft(self, voice: Visibility, by: "User | None") -> None:
        if by is not None:
            self.drafts.filter(person=by, voice=voice).delete()

    def _refuse_if_answered_since(self, version: int, by: "User | None") -> None:
        self._require(0 < version <= self.version, WrongStatus)
        # A question, a solution and a reason are read by the other side as replies are.
        said = Q(kind=Kind.REPLIED) | Q(kind__in=ANSWERS, messages__part=Part.TEXT)
        later = self.events.filter(said, version__gt=version).exclude(actor=by)
        self._require(not later.exists(), ReplyConflict(self.version))

    def _follow_with(self, then: str, hold_reason: str, *, by: "User | None", version: int | None) -> None:
        """Set the status a reply asks for, as the verb of that status would."""
        self._require(by is None or by.can_work_tickets, NotAllowed)
        if version is not None:
            self._refuse_if_changed_since(version, ("status", "hold_reason"))
        if then == self.status and then != Status.ON_HOLD:
            return
        if self.assignee_id is None and by is not None:
            self.assignee = by
        self._lead_to(then, hold_reason, by=by)

    def _wake(self, text: str, files: "list[Upload]") -> None:
        """The requester has said something, and more than thanks: it is the help desk's turn again."""
        phrases = set(ThankYouPhrase.objects.filter(is_active=True).values_list("phrase", flat=True))
        if not files and is_bare_thanks(text, phrases, str(self.assignee or "")):
            return
        if self.status == Status.ON_HOLD:
            self._enter(Status.IN_PROGRESS)
        elif self.is_resolved:
            self._enter_again()
