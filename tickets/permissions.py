"""Who may do what to a ticket. The verbs ask here, and so do pages that decide which buttons to show.

A rule answers for the person alone; whether the ticket's state allows the verb is the model's question.
What a person may see at all is TicketQuerySet.visible_to.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

    from .models import SavedView, Ticket
    from .models.ticket.fields import TicketFields

Rule = Callable[["User", "TicketFields"], bool]


def may_submit(user: "User") -> bool:
    return user.has_perm("tickets.add_ticket")


def is_requester(user: "User", ticket: "TicketFields") -> bool:
    return user.is_active and ticket.requester_id == user.pk


def may_work(user: "User", ticket: "TicketFields") -> bool:
    return user.can_work_tickets


def may_edit(user: "User", ticket: "TicketFields") -> bool:
    return is_requester(user, ticket) or may_work(user, ticket)


def may_reopen(user: "User", ticket: "TicketFields") -> bool:
    """Requesters while Resolved; those who work tickets also when Closed, which is final for others."""
    return may_work(user, ticket) or (is_requester(user, ticket) and ticket.is_resolved)


def may_reply(user: "User", ticket: "TicketFields") -> bool:
    """Those who work tickets; the requester until it is Closed."""
    return may_work(user, ticket) or (is_requester(user, ticket) and not ticket.is_closed)


def may_rate(user: "User", ticket: "TicketFields") -> bool:
    """The requester only, and never the one who resolved it."""
    return (
        is_requester(user, ticket)
        and user.has_perm("tickets.add_feedback")
        and ticket.resolved_by_id != user.pk
    )


def may_delete(user: "User", ticket: "TicketFields") -> bool:
    return user.has_perm("tickets.delete_ticket")


def may_share_views(user: "User") -> bool:
    """Those who work tickets: a shared view stands in everybody's side bar."""
    return user.can_work_tickets


def may_keep_view(user: "User", view: "SavedView") -> bool:
    """Rename, share or delete it. A shared one belongs to all who may share, as canned replies do: who
    made it may have left, and it must not stand there for ever.
    """
    return may_share_views(user) if view.is_shared else view.owner_id == user.pk


RULES: dict[str, Rule] = {
    "edit": may_edit,
    "assign": may_work,
    "start": may_work,
    "hold": may_work,
    "resolve": may_work,
    "close": may_work,
    "reopen": may_reopen,
    "withdraw": is_requester,
    "rate": may_rate,
    "reply": may_reply,
    "note": may_work,
    "trash": may_delete,
    "restore": may_delete,
    "purge": may_delete,
    "redact": may_delete,
}


def verbs_open_to(user: "User", ticket: "Ticket") -> frozenset[str]:
    """Name the verbs this person can use on this ticket now: what pages offer as buttons."""
    return frozenset(verb for verb, rule in RULES.items() if ticket.allows(verb) and rule(user, ticket))
