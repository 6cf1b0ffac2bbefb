from typing import Any

from django.core.management.base import CommandParser

from accounts.management.person import HandOverCommand
from accounts.models import User
from accounts.offboarding import retained_data, work_of


class Command(HandOverCommand):
    help = (
        "Delete somebody's account for good: name, address, password and rights go. Tickets and history stay, "
        "under a neutral name. Not the last active admin's. redact_person removes what they wrote as well."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would stay")

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        email = person.email
        if person.deleted_at:
            return f"The account of {email} is deleted already. Nothing was changed."
        stays = [f"  {number} {name}" for name, number in retained_data(person).items()]
        if options["dry_run"]:
            work = work_of(person)
            if work:
                stays.append(f"Unresolved tickets that need a --successor: {work}")
            return "\n".join([f"{email} would be deleted. As “{person.neutral_name}” stay:", *stays])
        person.hand_over_work(successor, by=None)
        person.delete_account(by=None, successor=successor)
        return "\n".join([f"{email} is deleted. As “{person.neutral_name}” stay:", *stays])
