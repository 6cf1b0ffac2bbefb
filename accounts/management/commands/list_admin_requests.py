from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AdminRequest
from helpdesk.management.base import BaseCommand


class Command(BaseCommand):
    help = _("List who has registered as Admin and waits for a decision, oldest first.")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = AdminRequest.objects.waiting().select_related("user").order_by("requested_at")
        for request in waiting.iterator():
            self.stdout.write(f"{request.requested_at:%Y-%m-%d %H:%M}  {request.user.email}  {request.user}")
        if not waiting.exists():
            self.stdout.write(gettext("Nobody is waiting."))
