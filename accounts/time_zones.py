"""The time zones people live in, and whose choice of one concerns others.

Accounts do not know what keeps hours of its own: whoever does says so here, when the applications start.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User

# Called in the same transaction, with the person as they are from now on.
Moved = Callable[["User"], None]

_steps: list[Moved] = []


def at_move(step: Moved) -> None:
    """Let `step(person)` be called whenever somebody chooses another zone."""
    if step not in _steps:
        _steps.append(step)


def moved(person: "User") -> None:
    """Tell whoever keeps hours of this person's."""
    for step in _steps:
        step(person)


def zone_called(name: str) -> ZoneInfo:
    """Answer the zone; the installation's for none, and for one the system no longer knows."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (LookupError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


@cache
def zones() -> list[str]:
    """The zones people live in: "Europe/Berlin", not the technical ones."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ["UTC", *sorted(places)]
