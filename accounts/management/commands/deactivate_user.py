from typing import Any

from accounts.management.person import HandOverCommand
from accounts.models import User


class Command(HandOverCommand):
    help = "Close somebody's account: no sign-in, sessions end, history stays. Not the last active admin's."

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        if not person.is_active:
            return f"The account of {person.email} is closed already. Nothing was changed."
        person.hand_over_work(successor, by=None)
        person.deactivate(by=None, successor=successor)
        return f"The account of {person.email} is closed. activate_user opens it again."
