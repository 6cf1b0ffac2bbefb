from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.management.person import HandOverCommand
from accounts.models import User


class Command(HandOverCommand):
    help = _(
        "Close somebody's account: no sign-in, sessions end, history stays. Not the last active admin's."
    )

    def act_with(self, person: User, successor: User | None, **options: Any) -> str:
        if not person.is_active:
            return gettext("The account of %(email)s is closed already. Nothing was changed.") % {
                "email": person.email
            }
        person.hand_over_work(successor, by=None)
        person.deactivate(by=None, successor=successor)
        return gettext("The account of %(email)s is closed. activate_user opens it again.") % {
            "email": person.email
        }
