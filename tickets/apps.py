from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Tickets"

    def ready(self) -> None:
        from accounts.offboarding import at_deletion, at_hand_over
        from helpdesk.db import triggers
        from helpdesk.models import register_kinds

        from . import offboarding
        from .audit import AuditKind
        from .live.notify_triggers import notify_triggers
        from .models.subscribers import subscribe
        from .notifications.fan_out import enqueue_fan_out
        from .search.index import repair_after_migrate

        at_hand_over(offboarding.hand_over_tickets)
        at_deletion(remains=offboarding.retained_data, forget=offboarding.forget)
        register_kinds(AuditKind)
        subscribe(enqueue_fan_out)
        triggers.declare(notify_triggers)
        post_migrate.connect(repair_after_migrate, sender=self, dispatch_uid="tickets.search.index")
