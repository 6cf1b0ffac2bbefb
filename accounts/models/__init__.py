"""Who: people, and the wish of some to become an admin."""

from .admin_request import AdminRequest
from .user import User, UserQuerySet

__all__ = ["AdminRequest", "User", "UserQuerySet"]
