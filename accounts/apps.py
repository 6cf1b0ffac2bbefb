from functools import partial

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.core.internal import ratelimit

        from helpdesk.db.folded_field import refold
        from helpdesk.db.locks import one_at_a_time
        from helpdesk.models import register_kinds
        from helpdesk.tasks.periodic import DAY, register_job

        from .audit import AccountEventKind
        from .models.invitation import forget_address
        from .offboarding import at_deletion, at_redaction, holds_words
        from .rate_limits import apply_rate
        from .roles import sync_roles
        from .sessions import forget_typed_text

        # See rate_limits.py.
        ratelimit.cache_lock, ratelimit.apply_rate = one_at_a_time, apply_rate
        register_kinds(AccountEventKind)
        at_deletion(forget=forget_address)
        at_redaction(forget_typed_text)
        holds_words("accounts.User", "accounts.Invitation", "account.EmailAddress", "admin.LogEntry")
        holds_words("sessions.Session", "django_tasks_database.DBTaskResult")
        # The version before may have written rows while this one was installed.
        register_job("fold_names", DAY, partial(refold, self.get_model("User")))

        post_migrate.connect(sync_roles, sender=self, dispatch_uid="accounts.roles")
