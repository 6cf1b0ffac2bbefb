"""The console's pages about people: one file for each noun."""

from .admin_request import AdminRequestAdmin
from .invitation import InvitationAdmin
from .user import UserAdmin

__all__ = ["AdminRequestAdmin", "InvitationAdmin", "UserAdmin"]
