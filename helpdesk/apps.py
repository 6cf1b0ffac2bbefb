"""The wiring as Django applications: our checks, and the console as the default admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = _("Help desk")

    def ready(self) -> None:
        from . import checks  # noqa: F401, registers them
        from .db.triggers import install_triggers

        # Django remakes a SQLite table when a column changes and drops its triggers without a word.
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="helpdesk.db.triggers")


class ConsoleConfig(AdminConfig):
    default_site = "helpdesk.console.site.ConsoleSite"
