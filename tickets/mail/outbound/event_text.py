"""What happened, as a mail says it: one sentence for each event, made when it is read."""

from collections.abc import Callable

from accounts.models import User

from ...events import Kind
from ...models import HoldReason, Status, Ticket, TicketEvent
from ...models.feedback import SCORES

Teller = Callable[["Happened"], str]


class Happened:
    """One event of a ticket, for one reader.

    assignee, request_type: what the event set them to, named; None if it did not or there is none.
    """

    def __init__(
        self, event: TicketEvent, ticket: Ticket, reader: User, *, assignee: User | None, request_type: str
    ) -> None:
        self.event, self.ticket, self.reader = event, ticket, reader
        self.assignee, self.request_type = assignee, request_type

    @property
    def sentence(self) -> str:
        return f"{self.event.actor or 'The help desk'} {TELLERS[Kind(self.event.kind)](self)}."

    @property
    def words(self) -> str:
        """What was said along with it; of a new ticket, its description."""
        return self.event.text or (self.event.description if self.event.kind == Kind.SUBMITTED else "")

    @property
    def files(self) -> list[str]:
        return [attachment.name for attachment in self.event.attachments.all()]

    # -- what the sentences are made of --------------------------------------------------------
    def named(self, person: User | None) -> str:
        return "you" if person == self.reader else str(person or "nobody")

    @property
    def asks_reader(self) -> bool:
        asks = self.event.data.get("hold_reason", ["", ""])[1] == HoldReason.REQUESTER
        return asks and self.ticket.requester_id == self.reader.pk

    @property
    def changes(self) -> list[str]:
        """The properties it set, each as "the status to Resolved"."""
        found = []
        if self.event.status_change:
            found.append(f"the status to {Status(self.event.status_change[1]).label}")
        if "assignee_id" in self.event.data:
            found.append(f"the assignee to {self.named(self.assignee)}")
        if self.request_type:
            found.append(f"the request type to {self.request_type}")
        return found


def _submitted(it: Happened) -> str:
    for_reader = it.event.actor_id != it.ticket.requester_id and it.ticket.requester_id == it.reader.pk
    return "opened this ticket for you" if for_reader else "opened this ticket"


def _edited(it: Happened) -> str:
    parts = {message.part for message in it.event.messages.all()}
    found = [f"the {part}" for part in ("title", "description") if part in parts]
    return f"changed {_listed(found + (['the request type'] if it.request_type else []))}"


def _assigned(it: Happened) -> str:
    if it.assignee is None:
        return "gave this ticket back to everybody"
    if it.assignee == it.event.actor:
        return "took this ticket"
    return f"assigned this ticket to {it.named(it.assignee)}"


def _held(it: Happened) -> str:
    if it.asks_reader:
        return "needs an answer from you"
    reason = it.event.data.get("hold_reason", ["", ""])[1]
    return f"put this ticket on hold ({HoldReason(reason).label.lower()})" if reason else "put it on hold"


def _replied(it: Happened) -> str:
    return f"replied and set {_listed(it.changes)}" if it.changes else "replied"


def _rated(it: Happened) -> str:
    score = it.event.score
    return f"rated the result {score} of 5 ({SCORES[score].lower()})" if score else "rated the result"


def _always(words: str) -> Teller:
    return lambda it: words


TELLERS: dict[Kind, Teller] = {
    Kind.SUBMITTED: _submitted,
    Kind.EDITED: _edited,
    Kind.ASSIGNED: _assigned,
    Kind.STARTED: _always("started work on this ticket"),
    Kind.HELD: _held,
    Kind.RESOLVED: _always("resolved this ticket"),
    Kind.CLOSED: _always("closed this ticket"),
    Kind.REOPENED: _always("reopened this ticket"),
    Kind.WITHDRAWN: _always("withdrew this ticket"),
    Kind.RATED: _rated,
    Kind.TRASHED: _always("moved this ticket to the trash"),
    Kind.RESTORED: _always("restored this ticket from the trash"),
    Kind.REPLIED: _replied,
    Kind.NOTED: _always("wrote an internal note"),
    Kind.CHANGED: lambda it: f"set {_listed(it.changes)}",
    Kind.REDACTED: _always("removed words from the history"),
    Kind.PURGED: _always("removed this ticket for good"),
}


def _listed(parts: list[str]) -> str:
    return " and ".join(parts) or "this ticket"
