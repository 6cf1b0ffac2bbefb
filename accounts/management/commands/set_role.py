from typing import Any

from django.core.management.base import CommandParser

from accounts.management.person import HandOverCommand
from accounts.models import User
from accounts.roles import Role


class Command(HandOverCommand):
    help = "Make somebody a User or an Admin. The last active admin stays one."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("role", choices=Role.values, help="User or Admin")

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        role = options["role"]
        if person.role == role:
            return f"{person.email} is {role} already. Nothing was changed."
        if role != Role.ADMIN:
            person.hand_over_work(successor, by=None)
        person.set_role(role, by=None, successor=successor)
        return f"{person.email} is {role} now."
