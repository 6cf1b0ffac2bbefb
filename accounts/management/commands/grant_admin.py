from typing import Any

from accounts.management.person import PersonCommand
from accounts.models import AdminRequest, User
from accounts.roles import Role


class Command(PersonCommand):
    help = "Make somebody an admin: grant the request that waits, or give the role without one."

    def act(self, person: User, **options: Any) -> str:
        request = AdminRequest.objects.waiting().filter(user=person).first()
        if request:
            request.grant(by=None)
            return f"The request of {person.email} is granted; they are Admin now and are told by e-mail."
        if person.role == Role.ADMIN:
            return f"{person.email} is Admin already. Nothing was changed."
        person.set_role(Role.ADMIN, by=None)
        return f"{person.email} had not asked; they are Admin now."
