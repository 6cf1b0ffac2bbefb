"""Who: people, the wish of some to become an admin, who is invited, and what was done to accounts."""

from .admin_request import AdminRequest
from .chain_head import ChainHead
from .event import AccountEvent, AccountEventKind
from .invitation import Invitation
from .people import UserQuerySet
from .registration import Registration
from .user import User

__all__ = [
    "AccountEvent",
    "AccountEventKind",
    "AdminRequest",
    "ChainHead",
    "Invitation",
    "Registration",
    "User",
    "UserQuerySet",
]
