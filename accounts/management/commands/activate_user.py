from typing import Any

from accounts.management.person import PersonCommand
from accounts.models import User


class Command(PersonCommand):
    help = "Open a closed account again."

    def act(self, person: User, **options: Any) -> str:
        if person.is_active:
            return f"The account of {person.email} is open already. Nothing was changed."
        person.activate(by=None)
        return f"The account of {person.email} is open again."
