from typing import Any

from accounts.management.person import PersonCommand
from accounts.models import User


class Command(PersonCommand):
    help = "Close somebody's account: no sign-in, sessions end, history stays. Not the last active admin's."

    def act(self, person: User, **options: Any) -> str:
        if not person.is_active:
            return f"The account of {person.email} is closed already. Nothing was changed."
        person.deactivate(by=None)
        return f"The account of {person.email} is closed. activate_user opens it again."
