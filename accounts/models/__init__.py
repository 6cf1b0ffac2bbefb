"""Who: people, and the wish of some to become an admin."""

from .admin_request import AdminRequest
from .people import UserQuerySet
from .registration import Registration
from .user import User

__all__ = ["AdminRequest", "Registration", "User", "UserQuerySet"]
