from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Tickets"

    def ready(self) -> None:
        from accounts.hand_over import at_hand_over
        from accounts.offboarding import at_deletion

        from . import offboarding
        from .events import subscribe
        from .hand_over import hand_over_tickets
        from .integrity.triggers import install_triggers
        from .notifications.fan_out import notify_of
        from .search.index import repair_after_migrate

        at_hand_over(hand_over_tickets)
        at_deletion(remains=offboarding.retained_data, forget=offboarding.forget)
        subscribe(notify_of)
        # Django remakes a SQLite table when a column changes and drops its triggers without a word.
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="tickets.integrity.triggers")
        post_migrate.connect(repair_after_migrate, sender=self, dispatch_uid="tickets.search.index")
