"""What an open page is told: that something happened, as numbers, versions and kinds, and to whom it is told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts.sessions import Visit

from ..events import event_kinds

# Why a stream ends: the person signed out; what they may do changed; a ninth stream of theirs began; the
# server stops.
SIGNED_OUT, RIGHTS, REPLACED, STOPPING = "signed-out", "rights", "replaced", "stopping"


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody at a stream, with the rights they had when it began."""

    visit: Visit
    sees_every_ticket: bool
    works_tickets: bool

    @property
    def reader(self) -> str:
        return reader_of(self.visit.person, self.sees_every_ticket, self.works_tickets)


def reader_of(person: int, sees_every_ticket: bool, works_tickets: bool) -> str:
    """Name somebody with the rights that say what they are shown and told: with others they are another reader."""
    return f"{person} {sees_every_ticket:d} {works_tickets:d}"


Audience = Callable[[Listener], bool]


@dataclass(frozen=True, slots=True)
class LiveMessage:
    """person: the only one who may hear it; None for everybody of the audience."""

    event: str
    data: Mapping[str, int | str] = field(default_factory=dict)
    person: int | None = None
    audience: Audience = lambda listener: True

    def is_for(self, listener: Listener) -> bool:
        return self.person in (None, listener.visit.person) and self.audience(listener)

    def encoded(self, position: str = "") -> bytes:
        """As it goes over the line. position: what the browser comes back with as Last-Event-ID."""
        data = json.dumps(self.data, separators=(",", ":"))
        identity = f"id: {position}\n" if position else ""
        return f"{identity}event: {self.event}\ndata: {data}\n\n".encode()


HELLO, REFRESH = LiveMessage("hello"), LiveMessage("refresh")


def end(reason: str) -> bytes:
    return LiveMessage("end", {"reason": reason}).encoded()


def of_ticket_event(ticket: int, version: int, kind: str, requester: int) -> list[LiveMessage]:
    """Tell of a committed TicketEvent by the rule of TicketQuerySet.visible_to and TicketEventQuerySet's.

    ticket, version, kind: of the event.
    requester: key of the person whose ticket it is; they hear less, and in words of their own.
    """
    data: dict[str, int | str] = {"ticket": ticket, "version": version, "kind": kind}
    told = [LiveMessage("ticket", data, audience=_sees_every_ticket)]
    if own := event_kinds[kind].code_for_requester:
        # Without the version: where one is left out, something hidden has happened.
        told.append(LiveMessage("ticket", {"ticket": ticket, "kind": own}, requester, _sees_only_own))
    return told


def of_presence(ticket: int) -> LiveMessage:
    return LiveMessage("presence", {"ticket": ticket}, audience=_works_tickets)


def of_bell(person: int) -> LiveMessage:
    return LiveMessage("bell", person=person)


def _sees_every_ticket(listener: Listener) -> bool:
    return listener.sees_every_ticket


def _sees_only_own(listener: Listener) -> bool:
    return not listener.sees_every_ticket


def _works_tickets(listener: Listener) -> bool:
    return listener.works_tickets
