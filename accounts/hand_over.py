"""What somebody has in hand, and who takes it over when they stop working tickets.

Accounts do not know what that is: whoever hands out work says so here, when the applications start.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import User

# Takes over what `person` has; answers how much that was. With successor None it changes nothing.
TakeOver = Callable[["User", "User | None", "User | None"], int]
_steps: list[TakeOver] = []


def at_hand_over(step: TakeOver) -> None:
    """Let `step(person, successor, by)` be called whenever somebody stops working tickets."""
    if step not in _steps:
        _steps.append(step)


def work_of(person: "User") -> int:
    """Count what this person has in hand. One query for each step."""
    return sum(step(person, None, None) for step in _steps)


def hand_over(person: "User", successor: "User | None", *, by: "User | None") -> int:
    """Give everything `person` has in hand to `successor`; answer how much it was.

    successor: None where there is nothing to take over. by: the admin acting, None for operators.
    Raises HasWork if there is something and no successor, or one who may not work tickets.
    """
    from .errors import HasWork

    number = work_of(person)
    if not number:
        return 0
    if successor is None:
        raise HasWork(
            f"{person} has {number} {'ticket' if number == 1 else 'tickets'} that "
            f"{'is' if number == 1 else 'are'} not resolved yet. Choose who takes over."
        )
    if successor == person or not successor.can_work_tickets:
        raise HasWork(f"{successor} cannot take over. Choose another admin.")
    for step in _steps:
        step(person, successor, by)
    return number
