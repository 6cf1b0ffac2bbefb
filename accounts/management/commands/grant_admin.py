from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.management.person import PersonCommand
from accounts.models import AdminRequest, User
from accounts.roles import Role


class Command(PersonCommand):
    help = _("Make somebody an admin: grant the request that waits, or give the role without one.")

    def act(self, person: User, **options: Any) -> str:
        request = AdminRequest.objects.waiting().filter(user=person).first()
        told = {"email": person.email}
        if request:
            request.grant(by=None)
            return (
                gettext("The request of %(email)s is granted; they are Admin now and are told by email.")
                % told
            )
        if person.role == Role.ADMIN:
            return gettext("%(email)s is Admin already. Nothing was changed.") % told
        person.set_role(Role.ADMIN, by=None)
        return gettext("%(email)s had not asked; they are Admin now.") % told
