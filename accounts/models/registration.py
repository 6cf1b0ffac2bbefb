"""What became of somebody's wish to have an account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The type checker's name for whatever AUTH_USER_MODEL names.
    from django.contrib.auth.models import _User as User


@dataclass(frozen=True)
class Registration:
    """What became of a registration.

    user: the new account, or None where the address had one already.
    becomes_admin: whether this person is the installation's first admin; where addresses must be
    confirmed, once theirs is. Says the same for a known address as for a new one.
    """

    user: "User | None"
    becomes_admin: bool
