"""What happens when somebody stops working tickets, or leaves: who takes over, what goes, what stays.

Accounts do not know what people have in hand or leave behind: whoever keeps such things says so here, when
the applications start.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .errors import HasWork

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User

# Takes over what `person` has; answers how much that was. With successor None it changes nothing.
TakeOver = Callable[["User", "User | None", "User | None"], int]
# Names and counts what stays, under the neutral name: "tickets" -> 3.
Remains = Callable[["User"], dict[str, int]]
# Removes what is of use to this person alone. Given them, and the address they had.
Forget = Callable[["User", str], None]

# Removes what this person has written beside the history of tickets, whose events are redacted one by one.
ForgetWords = Callable[["User"], object]

_steps: list[TakeOver] = []
_kept: list[Remains] = []
_gone: list[Forget] = []
_unsaid: list[ForgetWords] = []
_tables: set[str] = set()


def at_hand_over(step: TakeOver) -> None:
    """Let `step(person, successor, by)` be called whenever somebody stops working tickets."""
    if step not in _steps:
        _steps.append(step)


def holds_words(*tables: str) -> None:
    """Say that these tables hold words or addresses of people, and that what is registered here removes them.

    tables: labels of models, such as "tickets.Draft". A test fills them all and looks for what is left.
    """
    _tables.update(table.lower() for table in tables)


def tables_with_words() -> frozenset[str]:
    """Name the tables that hold words or addresses of people, as labels in small letters."""
    return frozenset(_tables)


def at_redaction(step: ForgetWords) -> None:
    """Let `step(person)` be called when everything somebody has written is to go."""
    if step not in _unsaid:
        _unsaid.append(step)


def forget_words(person: "User") -> None:
    """Have everything removed that this person has written beside the history of tickets."""
    for step in _unsaid:
        step(person)


def at_deletion(*, forget: Forget, remains: Remains | None = None) -> None:
    """Let these be called when an account is deleted.

    forget: removes, in the same transaction, what only this person had use for.
    remains: counts what stays under the neutral name, in the order it is told; None where nothing does.
    """
    if forget not in _gone:
        _gone.append(forget)
    if remains is not None and remains not in _kept:
        _kept.append(remains)


def work_of(person: "User") -> int:
    """Count what this person has in hand. One query for each step."""
    return sum(step(person, None, None) for step in _steps)


def hand_over(person: "User", successor: "User | None", *, by: "User | None") -> int:
    """Give everything `person` has in hand to `successor`; answer how much it was.

    successor: None where there is nothing to take over. by: the admin acting, None for operators.
    Raises HasWork if there is something and no successor, or one who may not work tickets.
    """
    number = work_of(person)
    if not number:
        return 0
    if successor is None:
        raise HasWork(
            ngettext(
                "%(person)s has %(count)d ticket that is not resolved yet. Choose who takes over.",
                "%(person)s has %(count)d tickets that are not resolved yet. Choose who takes over.",
                number,
            )
            % {"person": person, "count": number}
        )
    if successor == person or not successor.can_work_tickets:
        raise HasWork(_("%(person)s cannot take over. Choose another admin.") % {"person": successor})
    for step in _steps:
        step(person, successor, by)
    return number


def retained_data(person: "User") -> dict[str, int]:
    """Count what stays of this person, in the order it is told. A few queries; changes nothing."""
    return {name: number for step in _kept for name, number in step(person).items()}


def forget(person: "User", former: str) -> None:
    """Have everything removed that only this person had use for.

    former: the address they had; the row holds a neutral one by now.
    """
    for step in _gone:
        step(person, former)
