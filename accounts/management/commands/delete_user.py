from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.management.person import HandOverCommand
from accounts.models import User
from accounts.offboarding import retained_data, work_of


class Command(HandOverCommand):
    help = _(
        "Delete somebody's account for good: name, address, password and rights go. Tickets and history stay, "
        "under a neutral name. Not the last active admin's. redact_person removes what they wrote as well."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help=gettext("only say what would stay"))

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        email = person.email
        if person.deleted_at:
            return gettext("The account of %(email)s is deleted already. Nothing was changed.") % {
                "email": email
            }
        stays = [f"  {number} {name}" for name, number in retained_data(person).items()]
        told = {"email": email, "neutral_name": person.neutral_name}
        if options["dry_run"]:
            work = work_of(person)
            if work:
                stays.append(
                    gettext("Unresolved tickets that need a --successor: %(count)d") % {"count": work}
                )
            head = gettext("%(email)s would be deleted. As “%(neutral_name)s” stay:") % told
            return "\n".join([head, *stays])
        person.hand_over_work(successor, by=None)
        person.delete_account(by=None, successor=successor)
        return "\n".join([gettext("%(email)s is deleted. As “%(neutral_name)s” stay:") % told, *stays])
