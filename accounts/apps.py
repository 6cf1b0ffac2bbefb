from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from .roles import sync_roles

        # Groups and permissions come after every migrate, once the tickets' tables are there.
        post_migrate.connect(sync_roles, sender=apps.get_app_config("tickets"), dispatch_uid="accounts.roles")
