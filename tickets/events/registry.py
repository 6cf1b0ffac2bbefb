"""What there is to say of a kind of event, and the registry of all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from .reasons import Recipients
from .wording import EventFacts

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Of the database column that holds the code.
CODE_LENGTH = 20
# Shows the phrase of a kind that always says the same.
PLAIN_TEMPLATE = "tickets/events/_plain.html"


class Answers(Enum):
    """Whether an event of somebody else answers the requester: never, if something is said with it, always."""

    NEVER = auto()
    WITH_WORDS = auto()
    ALWAYS = auto()


@dataclass(frozen=True, eq=False, repr=False)
class EventKind(str):
    """One kind of event with all there is to know of it. It is a string: its code, as it is stored.

    code: at most CODE_LENGTH characters, never changed once there are events of it.
    label: what audit and filters call it.
    sentence: what mails say was done, with %(actor)s for who did it; or a function of the facts that says it.
    phrase: what timeline and bell say was done, after the actor's name; "" where a template says it.
    template_name: draws it in timeline and bell; needed where what is said depends on the event.
    icon: in the timeline, a name of helpdesk/templatetags/icons.py.
    is_internal: whether only those who work tickets hear of it.
    requester_code: what a requester's open page is told in place of an internal one, "" for nothing.
    answers: whether it answers the requester.
    recipients: who is notified, as what; empty for nobody.
    is_told_by_changes: whether what it changed is told as the kinds that change one thing alone.
    """

    code: str
    label: StrOrPromise
    sentence: StrOrPromise | Callable[[EventFacts], str]
    phrase: StrOrPromise = ""
    template_name: str = PLAIN_TEMPLATE
    icon: str = "hist"
    is_internal: bool = False
    requester_code: str = ""
    answers: Answers = Answers.NEVER
    recipients: Recipients = field(default_factory=dict)
    is_told_by_changes: bool = False

    def __new__(cls, code: str, *args: object, **kwargs: object) -> EventKind:
        return super().__new__(cls, code)

    def __reduce__(self) -> tuple[object, ...]:
        # Querysets copy what they compare with; there is one of each kind.
        return event_kinds.__getitem__, (self.code,)

    @property
    def code_for_requester(self) -> str:
        """What a requester's open page is told has happened; "" for nothing."""
        return self.requester_code if self.is_internal else self.code

    def sentence_for(self, facts: EventFacts) -> str:
        """Say who did what, in a whole sentence.

        facts: of an event of this kind, for one reader.
        """
        if callable(self.sentence):
            return self.sentence(facts)
        return str(self.sentence) % {"actor": facts.actor}


class EventKindRegistry:
    """All kinds of events there are, in the order they were registered."""

    def __init__(self) -> None:
        self._kinds: dict[str, EventKind] = {}

    def register(self, kind: EventKind) -> EventKind:
        """Add a kind, and answer it.

        kind: as complete as it is to be; it cannot be changed.
        Raises ValueError for a code that is taken or too long, and for a kind with neither a phrase nor a template
        for the timeline.
        """
        if kind.code in self._kinds:
            raise ValueError(f"There is a kind of event {kind.code!r} already.")
        if not 0 < len(kind.code) <= CODE_LENGTH:
            raise ValueError(f"The code {kind.code!r} is to have 1 to {CODE_LENGTH} characters.")
        if not kind.phrase and kind.template_name == PLAIN_TEMPLATE:
            raise ValueError(f"The timeline cannot say what {kind.code!r} is without a phrase or a template.")
        self._kinds[kind.code] = kind
        return kind

    def unregister(self, kind: EventKind) -> None:
        """Remove a kind.

        kind: of which there are no events; they could not be shown any more.
        Raises KeyError for one that is not registered.
        """
        del self._kinds[kind.code]

    def __getitem__(self, code: str) -> EventKind:
        return self._kinds[code]

    def __iter__(self) -> Iterator[EventKind]:
        return iter(self._kinds.values())

    def internal(self) -> list[EventKind]:
        """Those that only people who work tickets hear of."""
        return [kind for kind in self if kind.is_internal]

    def answering(self) -> list[EventKind]:
        """Those that can answer a requester."""
        return [kind for kind in self if kind.answers is not Answers.NEVER]


event_kinds = EventKindRegistry()


def kind_choices() -> list[tuple[str, StrOrPromise]]:
    """Answer code and label of each kind, for a field's `choices`. Migrations name this function."""
    return [(kind.code, kind.label) for kind in event_kinds]
