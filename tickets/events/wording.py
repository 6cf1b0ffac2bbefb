"""What a mail says somebody did: for each kind a whole sentence, or one for each case its words depend on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EventFacts:
    """What a sentence can be made of: an event as plain values, named for one reader.

    actor: who did it, by name.
    data: of the event.
    opened_for_reader: whether somebody else opened the reader's ticket.
    edited: what an edit touched: "title", "description", "request_type".
    assignee: whom the event gave the ticket, by name; None for nobody.
    is_taken: whether the assignee did it.
    is_readers: whether the assignee is the reader.
    hold_reason: as it stands within a sentence; "" without one.
    asks_reader: whether the ticket waits for the reader.
    changes: the properties it set: "status", "assignee" or "request_type" -> what to, in words.
    score: 1 to 5; None without one.
    """

    actor: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    opened_for_reader: bool = False
    edited: Collection[str] = ()
    assignee: str | None = None
    is_taken: bool = False
    is_readers: bool = False
    hold_reason: str = ""
    asks_reader: bool = False
    changes: Mapping[str, str] = field(default_factory=dict)
    score: int | None = None


def submitted(facts: EventFacts) -> str:
    if facts.opened_for_reader:
        return gettext("%(actor)s opened this ticket for you.") % {"actor": facts.actor}
    return gettext("%(actor)s opened this ticket.") % {"actor": facts.actor}


# Nothing is named of an event whose words were removed.
EDITED = {
    (): _("%(actor)s changed this ticket."),
    ("title",): _("%(actor)s changed the title."),
    ("description",): _("%(actor)s changed the description."),
    ("request_type",): _("%(actor)s changed the request type."),
    ("title", "description"): _("%(actor)s changed the title and the description."),
    ("title", "request_type"): _("%(actor)s changed the title and the request type."),
    ("description", "request_type"): _("%(actor)s changed the description and the request type."),
    ("title", "description", "request_type"): _(
        "%(actor)s changed the title, the description and the request type."
    ),
}


def edited(facts: EventFacts) -> str:
    parts = tuple(part for part in ("title", "description", "request_type") if part in facts.edited)
    return str(EDITED[parts]) % {"actor": facts.actor}


def assigned(facts: EventFacts) -> str:
    if facts.assignee is None:
        return gettext("%(actor)s unassigned this ticket.") % {"actor": facts.actor}
    if facts.is_taken:
        return gettext("%(actor)s took this ticket.") % {"actor": facts.actor}
    if facts.is_readers:
        return gettext("%(actor)s assigned this ticket to you.") % {"actor": facts.actor}
    return gettext("%(actor)s assigned this ticket to %(assignee)s.") % {
        "actor": facts.actor,
        "assignee": facts.assignee,
    }


def held(facts: EventFacts) -> str:
    if facts.asks_reader:
        return gettext("%(actor)s needs an answer from you.") % {"actor": facts.actor}
    if facts.hold_reason:
        return gettext("%(actor)s put this ticket on hold (%(reason)s).") % {
            "actor": facts.actor,
            "reason": facts.hold_reason,
        }
    return gettext("%(actor)s put this ticket on hold.") % {"actor": facts.actor}


REPLIED = {
    (): _("%(actor)s replied."),
    ("status",): _("%(actor)s replied and set the status to %(status)s."),
    ("assignee",): _("%(actor)s replied and set the assignee to %(assignee)s."),
    ("status", "assignee"): _(
        "%(actor)s replied and set the status to %(status)s and the assignee to %(assignee)s."
    ),
}


def replied(facts: EventFacts) -> str:
    # A reply leaves the request type alone.
    changes = tuple(name for name in ("status", "assignee") if name in facts.changes)
    return str(REPLIED[changes]) % {**facts.changes, "actor": facts.actor}


RATED = {
    1: _("%(actor)s rated the result 1 of 5 (very poor)."),
    2: _("%(actor)s rated the result 2 of 5 (poor)."),
    3: _("%(actor)s rated the result 3 of 5 (fair)."),
    4: _("%(actor)s rated the result 4 of 5 (good)."),
    5: _("%(actor)s rated the result 5 of 5 (excellent)."),
    None: _("%(actor)s rated the result."),
}


def rated(facts: EventFacts) -> str:
    return str(RATED[facts.score]) % {"actor": facts.actor}


CHANGED = {
    (): _("%(actor)s changed this ticket."),
    ("status",): _("%(actor)s set the status to %(status)s."),
    ("assignee",): _("%(actor)s set the assignee to %(assignee)s."),
    ("request_type",): _("%(actor)s set the request type to %(request_type)s."),
    ("status", "assignee"): _("%(actor)s set the status to %(status)s and the assignee to %(assignee)s."),
    ("status", "request_type"): _(
        "%(actor)s set the status to %(status)s and the request type to %(request_type)s."
    ),
    ("assignee", "request_type"): _(
        "%(actor)s set the assignee to %(assignee)s and the request type to %(request_type)s."
    ),
    ("status", "assignee", "request_type"): _(
        "%(actor)s set the status to %(status)s, the assignee to %(assignee)s and the request type to %(request_type)s."
    ),
}


def changed(facts: EventFacts) -> str:
    changes = tuple(name for name in ("status", "assignee", "request_type") if name in facts.changes)
    return str(CHANGED[changes]) % {**facts.changes, "actor": facts.actor}
