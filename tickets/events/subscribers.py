"""Who is told of an event as it is written: rooms above the models subscribe, the models know none of them."""

from collections.abc import Callable
from typing import Any

# Takes a TicketEvent. Its model stands above this file and cannot be named here.
Subscriber = Callable[[Any], None]

_subscribers: list[Subscriber] = []


def subscribe(subscriber: Subscriber) -> None:
    """Have `subscriber` called with every event to come, once it and the ticket's row are written.

    subscriber: runs inside the verb's own transaction, so that what it writes or enqueues stands or falls with
    the event, and what it raises undoes the verb. Whatever takes time belongs into a task. Subscribing the same
    one again changes nothing.
    """
    if subscriber not in _subscribers:
        _subscribers.append(subscriber)


def unsubscribe(subscriber: Subscriber) -> None:
    """Call `subscriber` no more. Raises ValueError if it has not subscribed."""
    _subscribers.remove(subscriber)


def publish(event: Any) -> None:
    """Tell every subscriber, in the order they subscribed, of an event this transaction has written.

    event: a TicketEvent, saved, with its messages, attachments and mentions. One that tells of the past, from
    an import or a bulk writer, is not published.
    """
    for subscriber in _subscribers:
        subscriber(event)
