"""The wiring as Django applications: our checks, and the console as the default admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = "Help desk"

    def ready(self) -> None:
        from . import checks  # noqa: F401, registers them


class ConsoleConfig(AdminConfig):
    default_site = "helpdesk.console.site.ConsoleSite"
