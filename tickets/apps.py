"""Tickets as a Django application: what its rooms have to say to the floors below, and to each other."""

from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Tickets"

    def ready(self) -> None:
        from accounts.offboarding import at_deletion, at_hand_over
        from helpdesk.db import triggers
        from helpdesk.models import register_kinds
        from helpdesk.tasks.periodic import DAY, register_job

        from . import offboarding
        from .audit import AuditKind
        from .demo import checks  # noqa: F401, registers it
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

        send_due_mail = partial(call_command, "send_due_mail", verbosity=0)
        register_job("send_due_mail", timedelta(seconds=15), send_due_mail)
        for name in ("empty_trash", "sweep_files", "prune_notifications"):
            register_job(name, DAY, partial(call_command, name))
