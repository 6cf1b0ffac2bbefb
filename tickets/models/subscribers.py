"""Who is told of an event as it is written: rooms above the models subscribe, the models know none of them."""

from collections.abc import Callable

from .event import TicketEvent

Subscriber = Callable[[TicketEvent], None]

_subscribers: list[Subscriber] = []


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
