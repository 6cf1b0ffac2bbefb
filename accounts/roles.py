"""The two roles and what each may do: one table, kept in step with the database after every migrate.

Further groups are the operator's own; nothing here touches them.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import models
from django.utils.translation import pgettext_lazy

USER = "User"
ADMIN = "Admin"


class Role(models.TextChoices):
    USER = USER, pgettext_lazy("role", "User")
    ADMIN = ADMIN, pgettext_lazy("role", "Admin")


# Permission codes are Django's own, so that the console's checks and ours ask the same question:
# tickets.view_ticket  sees every ticket      tickets.change_ticket  works tickets, can be their assignee
# tickets.add_ticket   submits tickets        tickets.add_feedback   rates one's own
PERMISSIONS: dict[str, tuple[str, ...]] = {
    USER: ("tickets.add_ticket", "tickets.add_feedback"),
    ADMIN: (
        "tickets.add_ticket",
        "tickets.add_feedback",
        "tickets.view_ticket",
        "tickets.change_ticket",
        "tickets.delete_ticket",
        "tickets.view_feedback",
        "tickets.view_ticketevent",
        "tickets.view_requesttype",
        "tickets.add_requesttype",
        "tickets.view_thankyouphrase",
        "tickets.add_thankyouphrase",
        "tickets.change_thankyouphrase",
        "tickets.change_requesttype",
        "tickets.view_cannedreply",
        "tickets.add_cannedreply",
        "tickets.change_cannedreply",
        "tickets.delete_cannedreply",
        "tickets.change_organisation",
        "tickets.view_announcement",
        "tickets.add_announcement",
        "tickets.change_announcement",
        "tickets.delete_announcement",
        "helpdesk.change_failedtask",
        "accounts.view_user",
        "accounts.change_user",
        "accounts.view_invitation",
        "accounts.view_adminrequest",
        "accounts.change_adminrequest",
    ),
}


def sync_roles(*, using: str = "default", **kwargs: Any) -> None:
    """Make the two groups hold exactly the permissions of the table. Connected to post_migrate.

    using: the database's alias.
    """
    for label in {code.split(".")[0] for codes in PERMISSIONS.values() for code in codes}:
        # Django makes permissions in a post_migrate of its own, which may come after this one.
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codes in PERMISSIONS.items():
        wanted = models.Q(pk__in=[])
        for code in codes:
            app_label, codename = code.split(".")
            wanted |= models.Q(content_type__app_label=app_label, codename=codename)
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.set(permission_model.objects.using(using).filter(wanted))
