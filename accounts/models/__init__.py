"""Who: people, the wish of some to become an admin, who is invited, and what was done to accounts."""

from .admin_request import AdminRequest
from .invitation import Invitation
from .managers import UserQuerySet
from .registration import Registration
from .user import User

__all__ = [
    "AdminRequest",
    "Invitation",
    "Registration",
    "User",
    "UserQuerySet",
]
