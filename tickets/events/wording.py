"""What a mail says somebody did, after their name: a sentence for each kind whose words depend on the event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class EventFacts:
    """What a sentence can be made of: an event as plain values, named for one reader.

    data: of the event.
    opened_for_reader: whether somebody else opened the reader's ticket.
    edited: what an edit touched, each as "the title".
    assignee: whom the event gave the ticket, "you" for the reader; None for nobody.
    is_taken: whether the assignee did it.
    hold_reason: as pages name it; "" without one.
    asks_reader: whether the ticket waits for the reader.
    changes: the properties it set, each as "the status to Resolved".
    score: 1 to 5; None without one.
    score_label: the score as a word.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    opened_for_reader: bool = False
    edited: Sequence[str] = ()
    assignee: str | None = None
    is_taken: bool = False
    hold_reason: str = ""
    asks_reader: bool = False
    changes: Sequence[str] = ()
    score: int | None = None
    score_label: str = ""


# What a kind says: always the same words, or words made of the facts.
Sentence = str | Callable[[EventFacts], str]


def submitted(facts: EventFacts) -> str:
    return "opened this ticket for you" if facts.opened_for_reader else "opened this ticket"


def edited(facts: EventFacts) -> str:
    return f"changed {_listed(facts.edited)}"


def assigned(facts: EventFacts) -> str:
    if facts.assignee is None:
        return "gave this ticket back to everybody"
    return "took this ticket" if facts.is_taken else f"assigned this ticket to {facts.assignee}"


def held(facts: EventFacts) -> str:
    if facts.asks_reader:
        return "needs an answer from you"
    return f"put this ticket on hold ({facts.hold_reason.lower()})" if facts.hold_reason else "put it on hold"


def replied(facts: EventFacts) -> str:
    return f"replied and set {_listed(facts.changes)}" if facts.changes else "replied"


def rated(facts: EventFacts) -> str:
    if facts.score is None:
        return "rated the result"
    return f"rated the result {facts.score} of 5 ({facts.score_label.lower()})"


def changed(facts: EventFacts) -> str:
    return f"set {_listed(facts.changes)}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(parts) or "this ticket"
