"""What happened, as a mail says it: one sentence for each event, made when it is read."""

from django.utils.translation import gettext, pgettext

from accounts.models import User

from ...events import EventFacts, Kind, event_kinds
from ...models import HoldReason, Status, Ticket, TicketEvent


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
        return event_kinds[self.event.kind].sentence_for(self._facts())

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
            actor=str(event.actor or gettext("The help desk")),
            data=event.data,
            opened_for_reader=is_readers and event.actor_id != self.ticket.requester_id,
            edited=self._edited(),
            assignee=str(self.assignee) if self.assignee else None,
            is_taken=self.assignee is not None and self.assignee == event.actor,
            is_readers=self.assignee == self.reader,
            hold_reason=HoldReason(hold_reason).in_sentence if hold_reason else "",
            asks_reader=is_readers and hold_reason == HoldReason.REQUESTER,
            changes=self._changes(),
            score=event.score,
        )

    def _edited(self) -> set[str]:
        parts = {message.part for message in self.event.messages.all()}
        return {*parts, "request_type"} if self.request_type else parts

    def _changes(self) -> dict[str, str]:
        found = {}
        if self.event.status_change:
            found["status"] = str(Status(self.event.status_change[1]).label)
        if "assignee_id" in self.event.data:
            found["assignee"] = self._new_assignee()
        if self.request_type:
            found["request_type"] = self.request_type
        return found

    def _new_assignee(self) -> str:
        if self.assignee is None:
            return pgettext("whom a ticket is assigned to", "nobody")
        if self.assignee == self.reader:
            return pgettext("whom a ticket is assigned to", "you")
        return str(self.assignee)
