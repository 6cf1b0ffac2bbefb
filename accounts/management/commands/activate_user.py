from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.management.person import PersonCommand
from accounts.models import User


class Command(PersonCommand):
    help = _("Open a closed account again.")

    def act(self, person: User, **options: Any) -> str:
        if person.is_active:
            return gettext("The account of %(email)s is open already. Nothing was changed.") % {
                "email": person.email
            }
        person.activate(by=None)
        return gettext("The account of %(email)s is open again.") % {"email": person.email}
