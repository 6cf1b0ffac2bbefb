"""What is left of somebody whose account is deleted, and what goes with it.

Accounts do not know what people leave behind: whoever keeps such things says so here, when the
applications start, as for accounts/hand_over.py.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import User

# Names and counts what stays, under the neutral name: "tickets" -> 3.
Remains = Callable[["User"], dict[str, int]]
# Removes what is of use to this person alone.
Forget = Callable[["User"], None]
_kept: list[Remains] = []
_gone: list[Forget] = []


def at_deletion(*, remains: Remains, forget: Forget) -> None:
    if remains not in _kept:
        _kept.append(remains)
        _gone.append(forget)


def retained_data(person: "User") -> dict[str, int]:
    """Count what stays of this person, in the order it is told. A few queries; changes nothing."""
    return {name: number for step in _kept for name, number in step(person).items()}


def forget(person: "User") -> None:
    for step in _gone:
        step(person)
