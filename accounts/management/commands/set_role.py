from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.management.person import HandOverCommand
from accounts.models import User
from accounts.roles import Role


class Command(HandOverCommand):
    help = _("Make somebody a User or an Admin. The last active admin stays one.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("role", choices=Role.values, help=gettext("User or Admin"))

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        role = options["role"]
        told = {"email": person.email, "role": Role(role).label}
        if person.role == role:
            return gettext("%(email)s is %(role)s already. Nothing was changed.") % told
        if role != Role.ADMIN:
            person.hand_over_work(successor, by=None)
        person.set_role(role, by=None, successor=successor)
        return gettext("%(email)s is %(role)s now.") % told
