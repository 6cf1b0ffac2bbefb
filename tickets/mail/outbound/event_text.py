"""What happened, as a mail says it: one sentence for each event, made when it is read."""

from accounts.models import User

from ...events import EventFacts, Kind, event_kinds
from ...models import HoldReason, Status, Ticket, TicketEvent
from ...models.feedback import SCORES


class EventText:
    """One event of a ticket in words, for one reader."""

    def __init__(
        self, event: TicketEvent, ticket: Ticket, reader: User, *, assignee: User | None, request_type: str
    ) -> None:
        """Put this event into words.

        event: its actor, messages and attachments are a query each unless they were fetched with it.
        assignee: whom the event gave the ticket; None if nobody, or if it gave it to none.
        request_type: the name of the one it set; "" if it set none.
        """
        self.event, self.ticket, self.reader = event, ticket, reader
        self.assignee, self.request_type = assignee, request_type

    @property
    def sentence(self) -> str:
        actor = self.event.actor or "The help desk"
        return f"{actor} {event_kinds[self.event.kind].sentence_for(self._facts())}."

    @property
    def words(self) -> str:
        """What was said along with it; of a new ticket, its description."""
        return self.event.text or (self.event.description if self.event.kind == Kind.SUBMITTED else "")

    @property
    def files(self) -> list[str]:
        return [attachment.name for attachment in self.event.attachments.all()]

    # -- inside ------------------------------------------------------------------------------------
    def _facts(self) -> EventFacts:
        event, is_readers = self.event, self.ticket.requester_id == self.reader.pk
        hold_reason = event.data.get("hold_reason", ["", ""])[1]
        return EventFacts(
            data=event.data,
            opened_for_reader=is_readers and event.actor_id != self.ticket.requester_id,
            edited=self._edited(),
            assignee=self._named(self.assignee) if self.assignee else None,
            is_taken=self.assignee is not None and self.assignee == event.actor,
            hold_reason=HoldReason(hold_reason).label if hold_reason else "",
            asks_reader=is_readers and hold_reason == HoldReason.REQUESTER,
            changes=self._changes(),
            score=event.score,
            score_label=SCORES[event.score] if event.score else "",
        )

    def _named(self, person: User | None) -> str:
        return "you" if person == self.reader else str(person or "nobody")

    def _edited(self) -> list[str]:
        parts = {message.part for message in self.event.messages.all()}
        found = [f"the {part}" for part in ("title", "description") if part in parts]
        return [*found, "the request type"] if self.request_type else found

    def _changes(self) -> list[str]:
        found = []
        if self.event.status_change:
            found.append(f"the status to {Status(self.event.status_change[1]).label}")
        if "assignee_id" in self.event.data:
            found.append(f"the assignee to {self._named(self.assignee)}")
        if self.request_type:
            found.append(f"the request type to {self.request_type}")
        return found
