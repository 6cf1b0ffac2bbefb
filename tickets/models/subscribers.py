"""Who is told of an event as it is written: rooms above the models subscribe, the models know none of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .event import TicketEvent


class Said(NamedTuple):
    """What a ticket says, by its number."""

    ticket: int
    title: str
    description: str


Subscriber = Callable[[TicketEvent], None]
Reader = Callable[[Sequence[Said]], None]

_subscribers: list[Subscriber] = []
_readers: list[Reader] = []


def subscribe(subscriber: Subscriber) -> None:
    """Have `subscriber` called with every event to come, once it and the ticket's row are written.

    Rooms subscribe in AppConfig.ready. The same one again changes nothing.

    subscriber: runs inside the verb's own transaction: what it writes or enqueues stands or falls with the
        event, and what it raises undoes the verb. What takes time belongs into a task.
    """
    if subscriber not in _subscribers:
        _subscribers.append(subscriber)


def unsubscribe(subscriber: Subscriber) -> None:
    """Call `subscriber` no more. Raises ValueError if it has not subscribed."""
    _subscribers.remove(subscriber)


def publish(event: TicketEvent) -> None:
    """Tell every subscriber of an event, in the order they subscribed.

    event: written by this transaction, with its messages, attachments and mentions. Events of the past, from
        imports and the bulk writer, are not published.
    """
    for subscriber in _subscribers:
        subscriber(event)


def read_words(reader: Reader) -> None:
    """Have `reader` called with what tickets say whose title or description was written, by a verb, an import or
    the bulk writer. The same one again changes nothing.

    reader: runs inside the transaction that wrote them, as subscribers do.
    """
    if reader not in _readers:
        _readers.append(reader)


def publish_words(said: Sequence[Said]) -> None:
    """Tell every reader what tickets say now. said: by tickets whose rows are written."""
    for reader in _readers:
        reader(said)
