"""Who may do what to a ticket. The table of verbs (models/ticket/verbs.py) names the rule of each.

A rule answers for the person alone; whether the ticket's state allows the verb is the model's question.
What a person may see at all is TicketQuerySet.visible_to.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from accounts.models import User


class TicketFacts(Protocol):
    """What the rules need to know of a ticket."""

    @property
    def requester_id(self) -> int: ...
    @property
    def resolved_by_id(self) -> int | None: ...
    @property
    def is_resolved(self) -> bool: ...
    @property
    def is_closed(self) -> bool: ...


class SavedViewFacts(Protocol):
    """What the rules need to know of a saved view."""

    @property
    def owner_id(self) -> int | None: ...
    @property
    def is_shared(self) -> bool: ...


Rule = Callable[["User", TicketFacts], bool]


def may_submit(user: "User") -> bool:
    return user.has_perm("tickets.add_ticket")


def is_requester(user: "User", ticket: TicketFacts) -> bool:
    return user.is_active and ticket.requester_id == user.pk


def may_work(user: "User", ticket: TicketFacts) -> bool:
    return user.can_work_tickets


def may_edit(user: "User", ticket: TicketFacts) -> bool:
    return is_requester(user, ticket) or may_work(user, ticket)


def may_reopen(user: "User", ticket: TicketFacts) -> bool:
    """Requesters while Resolved; those who work tickets also when Closed, which is final for others."""
    return may_work(user, ticket) or (is_requester(user, ticket) and ticket.is_resolved)


def may_reply(user: "User", ticket: TicketFacts) -> bool:
    """Those who work tickets; the requester until it is Closed."""
    return may_work(user, ticket) or (is_requester(user, ticket) and not ticket.is_closed)


def may_rate(user: "User", ticket: TicketFacts) -> bool:
    """The requester only, and never the one who resolved it."""
    return (
        is_requester(user, ticket)
        and user.has_perm("tickets.add_feedback")
        and ticket.resolved_by_id != user.pk
    )


def may_delete(user: "User", ticket: TicketFacts) -> bool:
    return user.has_perm("tickets.delete_ticket")


def may_share_views(user: "User") -> bool:
    """Those who work tickets: a shared view stands in everybody's side bar."""
    return user.can_work_tickets


def may_keep_view(user: "User", view: SavedViewFacts) -> bool:
    """Rename, share or delete it. A shared one belongs to all who may share, as canned replies do: who
    made it may have left, and it must not stand there for ever.
    """
    return may_share_views(user) if view.is_shared else view.owner_id == user.pk
