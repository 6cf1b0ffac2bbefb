"""Tickets as a Django application: what its rooms have to say to the floors below, and to each other."""

from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = _("Tickets")

    def ready(self) -> None:
        from accounts.offboarding import at_deletion, at_hand_over, at_redaction, holds_words
        from accounts.time_zones import at_move
        from helpdesk.db import triggers
        from helpdesk.models import register_kinds
        from helpdesk.tasks.periodic import DAY, register_job

        from . import offboarding
        from .audit import AuditKind
        from .demo import checks  # noqa: F401, registers it
        from .live.notify_triggers import notify_triggers
        from .models.notification_preference import NotificationPreference
        from .models.organisation import OrganisationAuditKind
        from .models.subscribers import read_words, subscribe
        from .notifications.fan_out import enqueue_fan_out, reschedule_mail
        from .search import index

        at_hand_over(offboarding.hand_over_tickets)
        at_deletion(remains=offboarding.retained_data, forget=offboarding.forget)
        at_move(lambda person: reschedule_mail(NotificationPreference.objects.of(person)))
        at_redaction(offboarding.forget_words)
        for name in (
            "Ticket",
            "Message",
            "Attachment",
            "Upload",
            "Preview",
            "Draft",
            "SubmissionDraft",
            "Feedback",
            "CannedReply",
        ):
            holds_words(f"tickets.{name}")
        holds_words("tickets.SavedView", "tickets.BulkChange", "tickets.BulkStep")
        register_kinds(AuditKind)
        register_kinds(OrganisationAuditKind)
        subscribe(enqueue_fan_out)
        triggers.declare(notify_triggers)
        read_words(index.write)
        triggers.declare(index.forgetting)

        send_due_mail = partial(call_command, "send_due_mail", verbosity=0)
        register_job("send_due_mail", timedelta(seconds=15), send_due_mail)
        for name in ("empty_trash", "sweep_files", "prune_notifications", "prune_drafts", "index_tickets"):
            register_job(name, DAY, partial(call_command, name))
